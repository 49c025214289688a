/**
 * The value t that the modulus of a variable with Student's distribution is below with a given
 * probability: P(|x| < t) = level. That of a normal variable is t of infinitely many degrees.
 *
 * The distribution function of whole degrees of freedom is a finite sum (Abramowitz & Stegun,
 * Handbook of Mathematical Functions, 26.7.3 and 26.7.4), which is inverted by bisection.
 *
 * @param level 0 ≤ level < 1.
 * @param degrees whole, at least 1.
 * @returns NaN outside these ranges.
 */
export function studentT(level: number, degrees: number): number {
  if (!(level >= 0 && level < 1 && degrees >= 1 && Number.isSafeInteger(degrees)))
    return Number.NaN;
  // In the angle θ with tan θ = t / √n the probability is a smooth function on 0 … π/2.
  let [low, high] = [0, Math.PI / 2];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.sqrt(degrees) * Math.tan(middle);
    if (centralProbability(middle, degrees) < level) low = middle;
    else high = middle;
  }
}

/** P(|x| < √n tan θ) with n degrees of freedom. */
function centralProbability(angle: number, degrees: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine ** 2;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
