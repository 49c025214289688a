/** jsfive, as far as tests use it; it comes without types. */
declare module "jsfive" {
  export class File {
    constructor(file: ArrayBufferLike, name: string);
    get(path: string): { readonly value: Iterable<number | bigint> };
  }
}
