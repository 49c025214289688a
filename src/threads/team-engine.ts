import type { CellState } from "../engine/cell-state.ts";
import type { SimulationEngine, SpikeSink } from "../engine/contract.ts";
import { Engine } from "../engine/driver.ts";
import type { PartNeeds, SharedState } from "../engine/part.ts";
import type { Potentials } from "../engine/potentials.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { ColumnEngine, NetworkChange, ThreadUse } from "../timeline/column.ts";
import { type Pacer, STEP_MS } from "./pacer.ts";
import type { Order, TeamMember } from "./team.ts";

/** The leader's place in a team, and its view of the state that the members put together. */
interface Team {
  readonly member: TeamMember;
  readonly state: SharedState;
  readonly stateLayout: string;
}

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
  readonly #begin: (needs: PartNeeds) => TeamMember;
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
  /** Events of others that this engine counts, and own events and time that were not measured yet. */
  #othersEvents = 0;
  #measuredEvents = 0;
  #unmeasuredMs = 0;
  readonly #use = { alone: { simulatedMs: 0, wallMs: 0 }, together: { simulatedMs: 0, wallMs: 0 } };

  /** @param begin begins the other threads, and gives this one its place among them */
  constructor(
    parameters: Parameters,
    network: Network,
    pacer: Pacer,
    begin: (needs: PartNeeds) => TeamMember,
  ) {
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
    const { alone, together } = this.#use;
    const threads = this.#team?.member.part.count ?? 1;
    const all = [
      { threads: 1, ...alone },
      { threads, ...together },
    ];
    return all.filter(({ simulatedMs }) => simulatedMs > 0);
  }

  announce(change: NetworkChange): void {
    const [name] = change;
    this.#isChanged = true;
    const stays = !decisiveChanges.includes(name) && this.#team?.member.fits([change]);
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
    this.#timed(() => {
      if (this.#isWhole) return;
      const { member, state } = this.#team!;
      this.#order("put-cells");
      this.putCells(state);
      member.awaitAll();
      this.takeCells(state);
    });
    return super.potentials(cells);
  }

  override plasticGains(): Float64Array {
    this.#makeWhole();
    return super.plasticGains();
  }

  release(): void {
    this.#team?.member.leave();
  }

  #advancePiece(untilMs: number, sink: SpikeSink): void {
    const use = this.#isTogether ? this.#use.together : this.#use.alone;
    const beganMs = this.timeMs;
    use.wallMs += this.#timed(() => {
      if (this.#isTogether) {
        this.#order("advance", untilMs);
        this.#isWhole = false;
      }
      super.advance(untilMs, sink);
    });
    use.simulatedMs += untilMs - beganMs;
  }

  /** Tells the pacer what was measured, and follows it where that is possible. */
  #decide(): void {
    const { alone } = this.#use;
    if (!this.#team && alone.wallMs >= this.#pacer.startMs && this.#canPart()) this.#beginTeam();
    const events = this.ownEventCount - this.#measuredEvents;
    const wallMs = this.#unmeasuredMs;
    this.#measuredEvents += events;
    this.#unmeasuredMs = 0;
    const together = this.#isTogether;
    const parts = together ? this.#team!.member.part.count : 1;
    const possible = this.#team?.member.isReady === true && this.#canPart();
    const wanted = this.#pacer.decide({ together, possible, wallMs, events: parts * events });
    if (wanted === together || !this.#canPart()) return;
    if (wanted) this.#timed(() => this.#join());
    else this.#part();
  }

  #beginTeam(): void {
    const member = this.#begin(this.partNeeds);
    const state = this.sharedState(member.state);
    this.#team = { member, state, stateLayout: this.stateLayout };
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

  /** Lets the others serve their parts from now on. */
  #join(): void {
    const { member } = this.#team!;
    this.#giveChanges();
    member.giveState(this.snapshot(), this.plasticity);
    this.serve(member.part);
    this.#isTogether = true;
  }

  /** Serves the whole network alone from now on. */
  #part(): void {
    this.#makeWhole();
    this.#order("rest");
    this.serve(undefined);
    this.#isTogether = false;
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

  /** Collects what the others know of the state. */
  #makeWhole(): void {
    if (this.#isWhole) return;
    const { member, state } = this.#team!;
    const own = super.ownEventCount;
    this.#timed(() => {
      this.#order("put-state");
      this.putState(state);
      member.awaitAll();
      this.takeState(state);
    });
    this.#othersEvents += super.ownEventCount - own;
    this.#isWhole = true;
  }

  /** Hands the others the state that this one has taken up, if they serve their parts. */
  #takeUp(snapshot: Uint8Array): void {
    this.#othersEvents = 0;
    this.#measuredEvents = this.ownEventCount;
    this.#isWhole = true;
    if (!this.#isTogether) return;
    this.#giveChanges();
    this.#team!.member.giveState(snapshot, this.plasticity);
  }

  /** Does something, and measures its wall time, ms. */
  #timed(work: () => void): number {
    const began = performance.now();
    work();
    const wallMs = performance.now() - began;
    this.#unmeasuredMs += wallMs;
    return wallMs;
  }
}
