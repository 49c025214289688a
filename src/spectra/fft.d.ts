/** The part of fft.js that is used here; complex arrays hold real and imaginary parts in turn. */
declare module "fft.js" {
  export default class FFT {
    /** @param size a power of two above 1. */
    constructor(size: number);
    readonly size: number;
    /** Σ x_t exp(−2πi f t / size) for every f. */
    transform(output: Float64Array, input: Float64Array): void;
    /** The inverse of `transform`, divided by `size`. */
    inverseTransform(output: Float64Array, input: Float64Array): void;
  }
}
