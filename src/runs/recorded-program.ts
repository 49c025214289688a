import { program } from "../host/package.ts";
import type { Network } from "../network/construction.ts";
import { RecoveryError } from "../recording/errors.ts";
import { identityOf, type Manifest } from "../recording/manifest.ts";
import { networkHash } from "../recording/network-hash.ts";

/**
 * Checks that a run was recorded by this version of the program.
 *
 * @throws {RecoveryError} when it was not: another version may compute other spikes, or has
 *   recorded in another format
 */
export function checkProgram(directory: string, manifest: Manifest): void {
  const { program: other } = manifest;
  if (other.name === program.name && other.version === program.version) {
    identityOf(manifest);
    return;
  }
  throw new RecoveryError(
    `${directory} was recorded by ${other.name} ${other.version}. This is ${program.name} ` +
      `${program.version}, which may compute other spikes or store its state differently, so it ` +
      `cannot continue the run. Use that version: npx ${other.name}@${other.version}; or record ` +
      "the run again.",
  );
}

/**
 * Checks that this program builds the network that a run was recorded with.
 *
 * @throws {RecoveryError} when it does not
 */
export function checkNetwork(directory: string, { network }: Manifest, built: Network): void {
  const hash = networkHash(built);
  if (hash === network.hash) return;
  throw new RecoveryError(
    `${directory} was recorded with network ${network.hash}, but this program builds ${hash} ` +
      "from the same parameters: it is a different program with the same version number. Record " +
      "the run again.",
  );
}
