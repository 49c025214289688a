import type { CellState } from "../engine/cell-state.ts";
import type { SimulationEngine, SpikeSink, ThreadUse } from "../engine/contract.ts";
import { Engine } from "../engine/driver.ts";
import type { SharedState } from "../engine/part.ts";
import type { Potentials } from "../engine/potentials.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { ColumnEngine, NetworkChange } from "../timeline/column.ts";
import { IdleCores } from "./idle-cores.ts";
import { type Pacer, STEP_MS } from "./pacer.ts";
import type { Order, TeamMember } from "./team.ts";

/** The leader's place in a team, and its view of the state that the members put together. */
interface Team {
  readonly member: TeamMember;
  readonly state: SharedState;
  readonly stateLayout: string;
}

/** Begins the other threads; undefined where there is no room for them. */
export type TeamMaker = (leader: Engine) => TeamMember | undefined;

/** Changes that the state does not contain: engines that take up the state need the last of each. */
const lastingChanges: readonly NetworkChange[0][] = ["changeParameters", "setStimuli"];
/** Changes after which it may be impossible to serve the network in parts. */
const decisiveChanges: readonly NetworkChange[0][] = ["changeParameters", "turnOnPlasticity"];

/**
 * The engine that leads a team: several engines, each on a thread of its own, that serve one
 * network together, or rest while this one serves it alone. It gives the others orders, and
 * collects what they know where that is asked for. Who serves is the pacer's choice, and moves no bit.
 */
export class TeamEngine extends Engine implements ColumnEngine {
  readonly #pacer: Pacer;
  readonly #begin: TeamMaker;
  #team: Team | undefined;
  /** True while the others serve their parts. */
  #isTogether = false;
  /** True if this engine has the state of the cells that the others serve. */
  #isWhole = true;
  /** Changes that are announced, and not yet made by the others. */
  #changes: NetworkChange[] = [];
  /** True if it must be seen again whether the network can be served in parts. */
  #isChanged = true;
  #isDivisible = false;
  /** False if there is no memory for other threads. */
  #hasRoom = true;
  readonly #idleCores = new IdleCores();
  /** Events of others that this engine counts, and own events that the pacer knows. */
  #othersEvents = 0;
  #knownEvents = 0;
  /** Times that the pacer does not know: of simulation, and of joining or parting, ms. */
  #wallMs = 0;
  #cpuMs = 0;
  #changeMs = 0;
  /** Shortest time in which all began together, ms. */
  #joinMs = Infinity;
  /** Time that each member had waited for others before this piece, ms. */
  #waitedMs: readonly number[] = [];
  #endsBlock = false;
  /** Simulated time of this thread and of all, and wall time of this one alone, ms. */
  #aloneMs = 0;
  #togetherMs = 0;
  #aloneWallMs = 0;

  /** @param begin begins the other threads, and gives this one its place among them, if there is room */
  constructor(parameters: Parameters, network: Network, pacer: Pacer, begin: TeamMaker) {
    super(parameters, network);
    this.#pacer = pacer;
    this.#begin = begin;
  }

  override get cellEventCount(): number {
    this.#makeWhole();
    return super.cellEventCount;
  }

  override get ownEventCount(): number {
    return super.ownEventCount - this.#othersEvents;
  }

  override get expandingSinceMs(): number {
    this.#makeWhole();
    return super.expandingSinceMs;
  }

  /** Work done by one thread and by all, as far as there was any. */
  get threadUse(): readonly ThreadUse[] {
    const all = [
      { threads: 1, simulatedMs: this.#aloneMs },
      { threads: this.#team?.member.part.count ?? 1, simulatedMs: this.#togetherMs },
    ];
    return all.filter(({ simulatedMs }) => simulatedMs > 0);
  }

  announce(change: NetworkChange): void {
    const [name] = change;
    this.#isChanged = true;
    const stays =
      !decisiveChanges.includes(name) && this.#team?.member.fits([...this.#changes, change]);
    if (this.#isTogether && !stays) this.#part();
    if (this.#isTogether) {
      this.#makeWhole();
      this.#changes.push(change);
    } else if (lastingChanges.includes(name)) {
      this.#changes = [...this.#changes.filter(([earlier]) => earlier !== name), change];
    }
  }

  override advance(untilMs: number, sink: SpikeSink): void {
    do {
      this.#decide();
      const stepMs = STEP_MS * Math.floor(this.timeMs / STEP_MS);
      this.#advancePiece(Math.min(untilMs, stepMs + this.#pacer.strideMs), sink);
    } while (this.timeMs < untilMs);
  }

  override snapshot(): Uint8Array {
    this.#makeWhole();
    return super.snapshot();
  }

  override restore(snapshot: Uint8Array): void {
    super.restore(snapshot);
    this.#takeUp(snapshot);
  }

  override inherit(parent: SimulationEngine): void {
    if (parent instanceof TeamEngine) parent.#makeWhole();
    super.inherit(parent);
    this.#takeUp(super.snapshot());
  }

  override cellState(): CellState {
    this.#makeWhole();
    return super.cellState();
  }

  /** Collects only what the others know of their cells: far less than of the whole state. */
  override potentials(cells: readonly number[]): Potentials {
    if (!this.#isWhole) this.#wallMs += elapsedMs(() => this.#collectCells());
    return super.potentials(cells);
  }

  #collectCells(): void {
    const { member, state } = this.#team!;
    this.#order("put-cells");
    this.putCells(state);
    member.awaitAll();
    this.takeCells(state);
  }

  override plasticGains(): Float64Array {
    this.#makeWhole();
    return super.plasticGains();
  }

  release(): void {
    this.#team?.member.leave();
  }

  #advancePiece(untilMs: number, sink: SpikeSink): void {
    const forMs = untilMs - this.timeMs;
    const { blockEndMs } = this;
    const used = process.cpuUsage();
    const wallMs = elapsedMs(() => {
      if (this.#isTogether) {
        this.#order("advance", untilMs);
        this.#isWhole = false;
      }
      super.advance(untilMs, sink);
    });
    const { user, system } = process.cpuUsage(used);
    this.#wallMs += wallMs;
    this.#cpuMs += (user + system) / 1000;
    this.#endsBlock = untilMs >= blockEndMs;
    if (this.#isTogether) this.#togetherMs += forMs;
    else {
      this.#aloneMs += forMs;
      this.#aloneWallMs += wallMs;
    }
  }

  /** Tells the pacer what was measured, and follows it where that is possible. */
  #decide(): void {
    if (this.#isTimeToBegin()) this.#beginTeam();
    const together = this.#isTogether;
    const share = together ? this.#team!.member.part.shares[0]! : 1;
    const events = (this.ownEventCount - this.#knownEvents) / share;
    const times = { wallMs: this.#wallMs, cpuMs: this.#cpuMs, changeMs: this.#changeMs };
    this.#knownEvents = this.ownEventCount;
    this.#wallMs = this.#cpuMs = this.#changeMs = 0;
    const wanted = this.#pacer.decide({
      ...{ together, events, ...times, endsBlock: this.#endsBlock },
      isPossible: () => this.#isPossible(),
    });
    if (wanted && together) this.#share(times.wallMs);
    else if (wanted !== together && this.#canPart()) {
      if (wanted) this.#join();
      else this.#part();
    }
  }

  /** Tells the pacer for how long the members waited, and gives them other shares if it says so. */
  #share(wallMs: number): void {
    const { part, waitedMs: now } = this.#team!.member;
    const waitedMs = now.map((ms, member) => ms - this.#waitedMs[member]!);
    this.#waitedMs = now;
    const better = this.#pacer.share({
      ...{ wallMs, waitedMs, shares: part.shares, units: this.unitsOfParts(part.count) },
      // It takes about as long to collect the state as to hand it out.
      changeMs: 2 * this.#joinMs,
    });
    if (!better) return;
    this.#changeMs += elapsedMs(() => this.#collect());
    this.#join(better);
  }

  #isPossible(): boolean {
    const { member } = this.#team ?? {};
    if (!member?.isReady || !this.#canPart()) return false;
    return this.#idleCores.areAtLeast(member.part.count - 1);
  }

  /** A thread takes a while to begin, on a busy core at the expense of this one. */
  #isTimeToBegin(): boolean {
    if (this.#team || !this.#hasRoom) return false;
    const { startMs } = this.#pacer;
    const isEarly = startMs > 0 && (this.#aloneWallMs < startMs || !this.#idleCores.areAtLeast(1));
    return !isEarly && this.#canPart();
  }

  #beginTeam(): void {
    const member = this.#begin(this);
    this.#hasRoom = member !== undefined;
    if (!member) return;
    this.#team = { member, state: this.sharedState(member.state), stateLayout: this.stateLayout };
  }

  /** True if the network can be served in parts, and its changes can be told. */
  #canPart(): boolean {
    if (this.#isChanged) {
      const { member, stateLayout = this.stateLayout } = this.#team ?? {};
      this.#isDivisible =
        this.obstacleToParts === undefined &&
        stateLayout === this.stateLayout &&
        (member?.fits(this.#changes) ?? true);
      this.#isChanged = false;
    }
    return this.#isDivisible;
  }

  /** Lets all serve their parts from now on. */
  #join(shares = this.#team!.member.part.shares): void {
    const { member } = this.#team!;
    const joinMs = elapsedMs(() => {
      this.#giveChanges();
      member.giveState(this.snapshot(), this.plasticity, shares);
      this.serve(member.part);
    });
    this.#joinMs = Math.min(this.#joinMs, joinMs);
    this.#changeMs += joinMs;
    this.#waitedMs = member.waitedMs;
    this.#isTogether = true;
  }

  /** Serves the whole network alone from now on. */
  #part(): void {
    this.#changeMs += elapsedMs(() => {
      this.#collect();
      this.#order("rest");
      this.serve(undefined);
    });
    this.#isTogether = false;
    this.#idleCores.begin();
  }

  /** Gives the others an order, after the changes that they have to make before. */
  #order(kind: Order, untilMs = 0): void {
    this.#giveChanges();
    this.#team!.member.give(kind, untilMs);
  }

  #giveChanges(): void {
    this.#team!.member.giveChanges(this.#changes);
    this.#changes = [];
  }

  #makeWhole(): void {
    if (!this.#isWhole) this.#wallMs += elapsedMs(() => this.#collect());
  }

  /** Collects what the others know of the state. */
  #collect(): void {
    if (this.#isWhole) return;
    const { member, state } = this.#team!;
    const own = super.ownEventCount;
    this.#order("put-state");
    this.putState(state);
    member.awaitAll();
    this.takeState(state);
    this.#othersEvents += super.ownEventCount - own;
    this.#isWhole = true;
  }

  /** Hands the others the state that this one has taken up, if they serve their parts. */
  #takeUp(snapshot: Uint8Array): void {
    this.#othersEvents = 0;
    this.#knownEvents = this.ownEventCount;
    this.#isWhole = true;
    if (!this.#isTogether) return;
    this.#giveChanges();
    this.#team!.member.giveState(snapshot, this.plasticity);
  }
}

/** Wall time of some work, ms. */
function elapsedMs(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
