/** Version of the run format that this program writes, and the newest that it reads. */
export const FORMAT_VERSION = 2;
