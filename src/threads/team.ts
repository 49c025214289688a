import type { PlasticityPeriod } from "../engine/core.ts";
import { type EnginePart, type PartNeeds, sharedStateBytes } from "../engine/part.ts";
import type { NetworkChange } from "../timeline/column.ts";
import { createSharedSpikes, LOOKS, PATIENCE_MS, SharedPart } from "./shared-spikes.ts";

/** Order from the leader of a team to its members; they do the same in the same order. */
export type Order = "advance" | "change" | "put-state" | "put-cells" | "restore" | "rest";

const orderKinds: readonly Order[] = [
  "advance",
  "change",
  "put-state",
  "put-cells",
  "restore",
  "rest",
];

/** Shared memory of several simulations that serve one network together. */
export interface TeamMemory {
  readonly count: number;
  readonly spikes: SharedArrayBuffer;
  readonly state: SharedArrayBuffer;
  readonly orders: SharedArrayBuffer;
}

/** Words of the memory of orders: the number of orders given, the last one's kind, and those carried out. */
const GIVEN = 0;
const KIND = 1;
const CARRIED_OUT = 2;

/** Orders carried out by a member that has not begun. */
const NOT_BEGUN = -1;

/** Waits, of PATIENCE_MS each, for a member to begin: far longer than loading takes under any load. */
const MOST_WAITS = 120;

/** Thrown when a member of a team does not begin, such as a thread whose code cannot be loaded. */
export class MemberNotBegunError extends Error {
  override readonly name = "MemberNotBegunError";

  constructor() {
    super(`A thread did not begin within ${(MOST_WAITS * PATIENCE_MS) / 1000} s: use --threads 1.`);
  }
}

const UNTIL_BYTE = 1024;
const PLASTICITY_BYTE = 1032;
const CHANGES_BYTE = 1048;
export const MOST_MEMBERS = 200;

/** Shared memory for a team; `needs` are those of its network. */
export function createTeamMemory(count: number, needs: PartNeeds): TeamMemory {
  const orders = new SharedArrayBuffer(CHANGES_BYTE + changesBytes(needs));
  new Int32Array(orders, 0, CARRIED_OUT + count).fill(NOT_BEGUN, CARRIED_OUT + 1);
  return {
    count,
    spikes: createSharedSpikes(count, needs.spikeCapacity),
    state: new SharedArrayBuffer(sharedStateBytes(needs, count)),
    orders,
  };
}

/**
 * Room for a list of changes as text. A cell's state takes hundreds of bytes, and its number in a
 * list of cells fewer than twenty; all parameters take some thousands.
 */
const changesBytes = ({ stateBytes }: PartNeeds): number => stateBytes + 65_536;

const textOf = (changes: readonly NetworkChange[]) =>
  new TextEncoder().encode(JSON.stringify(changes));

/** Member of a team: the leader, which gives orders, or a follower. */
export class TeamMember {
  readonly part: EnginePart;
  /** Memory for the state of the network. */
  readonly state: SharedArrayBuffer;
  readonly #part: SharedPart;
  readonly #words: Int32Array;
  readonly #untilMs: Float64Array;
  /** Start and end of STDP, ms; NaN where the parameters determine them. */
  readonly #plasticityMs: Float64Array;
  readonly #text: Uint8Array;
  #orders = 0;

  constructor({ count, spikes, state, orders }: TeamMemory, index: number) {
    this.#part = new SharedPart(spikes, index, count);
    this.part = this.#part;
    this.state = state;
    this.#words = new Int32Array(orders, 0, CARRIED_OUT + count);
    this.#untilMs = new Float64Array(orders, UNTIL_BYTE, 1);
    this.#plasticityMs = new Float64Array(orders, PLASTICITY_BYTE, 2);
    this.#text = new Uint8Array(orders, CHANGES_BYTE);
  }

  /** True once all others wait for orders. */
  get isReady(): boolean {
    return this.#words.subarray(CARRIED_OUT + 1).every((_, k) => {
      return Atomics.load(this.#words, CARRIED_OUT + 1 + k) !== NOT_BEGUN;
    });
  }

  /** Gives an order, once all have carried out the one before. */
  give(kind: Order, untilMs = 0): void {
    this.awaitAll();
    this.#orders++;
    this.#untilMs[0] = untilMs;
    this.#words[KIND] = orderKinds.indexOf(kind);
    Atomics.store(this.#words, GIVEN, this.#orders);
    Atomics.notify(this.#words, GIVEN);
  }

  /** Returns when all others have carried out the last order. */
  awaitAll(): void {
    for (let part = 1; part < this.part.count; part++) {
      this.#await(CARRIED_OUT + part, this.#orders);
    }
  }

  /** Waits for the next order. */
  next(): { readonly kind: Order; readonly untilMs: number } {
    Atomics.store(this.#words, CARRIED_OUT + this.part.index, this.#orders);
    Atomics.notify(this.#words, CARRIED_OUT + this.part.index);
    this.#orders++;
    this.#await(GIVEN, this.#orders);
    return { kind: orderKinds[this.#words[KIND]!]!, untilMs: this.#untilMs[0]! };
  }

  /** The changes of the network that come with an order to make them. */
  get changes(): readonly NetworkChange[] {
    const length = this.#text.indexOf(0);
    return JSON.parse(new TextDecoder().decode(this.#text.slice(0, length)));
  }

  /** Time of STDP that comes with a state; undefined where the parameters determine it. */
  get plasticity(): PlasticityPeriod | undefined {
    const [plasticityStartMs, plasticityEndMs] = this.#plasticityMs as unknown as [number, number];
    return Number.isNaN(plasticityStartMs) ? undefined : { plasticityStartMs, plasticityEndMs };
  }

  /** Time that each member has waited for others, ms; see {@link SharedPart.waitedMs}. */
  get waitedMs(): readonly number[] {
    return this.#part.waitedMs;
  }

  /** Lets the others take up a state, STDP's time and the shares of all with it. */
  giveState(
    state: Uint8Array,
    plasticity: PlasticityPeriod | undefined,
    shares = this.part.shares,
  ): void {
    this.awaitAll();
    this.#part.setShares(shares);
    new Uint8Array(this.state).set(state);
    this.#plasticityMs[0] = plasticity?.plasticityStartMs ?? Number.NaN;
    this.#plasticityMs[1] = plasticity?.plasticityEndMs ?? Number.NaN;
    this.give("restore");
    this.awaitAll();
  }

  /** True if there is room for a list of changes. */
  fits(changes: readonly NetworkChange[]): boolean {
    return textOf(changes).length < this.#text.length;
  }

  /** Lets the others make changes, too. */
  giveChanges(changes: readonly NetworkChange[]): void {
    if (changes.length === 0) return;
    this.awaitAll();
    const text = textOf(changes);
    this.#text.set(text);
    this.#text[text.length] = 0;
    this.give("change");
  }

  /** Lets the others stop, as this one will not go on: at the end, or after a failure. */
  leave(): void {
    this.#part.leave();
    for (let word = 0; word < this.#words.length; word++) Atomics.notify(this.#words, word);
  }

  #await(word: number, least: number): void {
    for (let looks = 0; ; looks++) {
      const value = Atomics.load(this.#words, word);
      if (value >= least) return;
      if (looks < LOOKS) continue;
      Atomics.wait(this.#words, word, value, PATIENCE_MS);
      this.#part.checkOthers();
      if (value === NOT_BEGUN && looks + 1 >= LOOKS + MOST_WAITS) throw new MemberNotBegunError();
    }
  }
}
