/** Meaning of the system's error codes, with advice. */
const meanings: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOSPC: ["no space is left on the device", "Free some space, or name a place on another device"],
  EDQUOT: ["the disk quota is exceeded", "Delete some files, or name a place outside the quota"],
  EFBIG: ["the file would be larger than allowed", "Raise the limit (ulimit -f)"],
  EMFILE: ["too many files are open in this process", "Raise the limit (ulimit -n)"],
  ENFILE: ["too many files are open in the system", "Try again when other programs have ended"],
  EROFS: ["the file system is read-only", "Name a place on another file system"],
  EACCES: ["permission denied", "Change the permissions, or name another place"],
  EPERM: ["operation not permitted", "Change the permissions, or name another place"],
  ENOENT: [
    "there is no such file or directory, or it cannot be created there",
    "Check the path; it may have been deleted or moved",
  ],
  ENOTDIR: ["a part of the path is not a directory", "Name another path"],
  EISDIR: ["it is a directory", "Name a file"],
  EEXIST: ["the name is already used", "Move it away, or name another path"],
  ENOTEMPTY: ["the directory is not empty", "Name another path"],
  ELOOP: ["its links form a circle", "Correct the links, or name another path"],
  ENAMETOOLONG: ["the name is too long", "Name a shorter one"],
  EXDEV: [
    "it is on a different file system from its directory",
    "Name a path on the same file system",
  ],
  EMLINK: ["too many links refer to it", "Name another place"],
  EBUSY: ["it is in use by the system", "Name another path"],
  ETXTBSY: ["it is being executed", "Name another path"],
  ENXIO: ["there is no such device", "Name a file"],
  ENODEV: ["there is no such device", "Name a file"],
  EIO: ["the device reported an error", "Check the disk; use a copy on another disk"],
  ESTALE: ["the file server no longer knows it", "Check the network file system, then try again"],
  ETIMEDOUT: ["the file server does not respond", "Check the network file system, then try again"],
  ENOTCONN: ["the file server does not respond", "Check the network file system, then try again"],
  EHOSTDOWN: ["the file server does not respond", "Check the network file system, then try again"],
  ENOMEM: ["there is not enough memory", "Try again when other programs have ended"],
  ENOSYS: [
    "the file system does not support this operation",
    "Name a place on another file system",
  ],
  ENOTSUP: [
    "the file system does not support this operation",
    "Name a place on another file system",
  ],
  EOPNOTSUPP: [
    "the file system does not support this operation",
    "Name a place on another file system",
  ],
  EINVAL: [
    "the file system does not support this operation",
    "Name a place on another file system",
  ],
};

/** Reason why the system refused an operation, with advice; undefined when it did not. */
export function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof DOMException) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  const [reason, remedy] = meanings[code ?? ""] ?? [];
  if (reason !== undefined) return `${reason}. ${remedy}.`;
  return syscall === undefined ? undefined : `${error.message}.`;
}

/** Refusal of the system to do something with a file: no space left, no permission, … */
export class StorageError extends Error {
  override readonly name = "StorageError";

  /** @param what the file as its user knows it */
  constructor(action: string, what: string, error: unknown) {
    const cause = error instanceof StorageError ? error.cause : error;
    const message = cause instanceof Error ? `${cause.message}.` : `${cause}.`;
    super(`Cannot ${action} ${what}: ${systemReason(cause) ?? message}`, { cause });
  }
}

/**
 * Does something with a file.
 *
 * @throws {StorageError} when the system refuses it
 */
export function attempt<T>(action: string, what: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    const isRefusal = error instanceof StorageError || systemReason(error) !== undefined;
    throw isRefusal ? new StorageError(action, what, error) : error;
  }
}
