/** Values derived from a text alone, kept for the texts requested last. */
export class TextMemory<T> {
  readonly #most: number;
  readonly #known = new Map<string, T>();

  /** @param most texts that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Value derived from a text, computed if it is not kept.
   *
   * @param keeps whether it is to be kept
   */
  get(text: string, make: () => T, keeps: (made: T) => boolean = () => true): T {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const made = make();
    if (!keeps(made)) return made;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= this.#most) this.#known.delete(oldest!);
    this.#known.set(text, made);
    return made;
  }
}
