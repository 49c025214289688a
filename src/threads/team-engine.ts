import type { CellState } from "../engine/cell-state.ts";
import type { SimulationEngine, SpikeSink } from "../engine/contract.ts";
import { Engine } from "../engine/driver.ts";
import type { PartNeeds, SharedState } from "../engine/part.ts";
import type { Potentials } from "../engine/potentials.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { ColumnEngine, NetworkChange } from "../timeline/column.ts";
import type { Order, TeamMember } from "./team.ts";

/**
 * The engine that leads a team: several engines, each on a thread of its own, that serve one
 * network together. It gives the others orders, and collects what they know where that is asked for.
 */
export class TeamEngine extends Engine implements ColumnEngine {
  readonly #member: TeamMember;
  readonly #state: SharedState;
  /** True if this engine has the state of the cells that the others serve. */
  #isWhole = true;
  /** Changes that are announced, and not yet made by the others. */
  #changes: NetworkChange[] = [];

  /** @param begin begins the other threads, and gives this one its place among them */
  constructor(parameters: Parameters, network: Network, begin: (needs: PartNeeds) => TeamMember) {
    let member: TeamMember | undefined;
    const part = (needs: PartNeeds) => {
      member = begin(needs);
      return member.part;
    };
    super(parameters, network, { part });
    this.#member = member!;
    this.#state = this.sharedState(member!.state);
  }

  override get cellEventCount(): number {
    this.#makeWhole();
    return super.cellEventCount;
  }

  override get expandingSinceMs(): number {
    this.#makeWhole();
    return super.expandingSinceMs;
  }

  announce(change: NetworkChange): void {
    this.#makeWhole();
    this.#changes.push(change);
  }

  override advance(untilMs: number, sink: SpikeSink): void {
    this.#order("advance", untilMs);
    this.#isWhole = false;
    super.advance(untilMs, sink);
  }

  override snapshot(): Uint8Array {
    this.#makeWhole();
    return super.snapshot();
  }

  override restore(snapshot: Uint8Array): void {
    super.restore(snapshot);
    this.#hand(snapshot);
  }

  override inherit(parent: SimulationEngine): void {
    if (parent instanceof TeamEngine) parent.#makeWhole();
    super.inherit(parent);
    this.#hand(super.snapshot());
  }

  override cellState(): CellState {
    this.#makeWhole();
    return super.cellState();
  }

  /** Collects only what the others know of their cells: far less than of the whole state. */
  override potentials(cells: readonly number[]): Potentials {
    if (!this.#isWhole) {
      this.#order("put-cells");
      this.putCells(this.#state);
      this.#member.awaitAll();
      this.takeCells(this.#state);
    }
    return super.potentials(cells);
  }

  override plasticGains(): Float64Array {
    this.#makeWhole();
    return super.plasticGains();
  }

  release(): void {
    this.#member.leave();
  }

  /** Gives the others an order, after the changes that they have to make before. */
  #order(kind: Order, untilMs = 0): void {
    this.#member.giveChanges(this.#changes);
    this.#changes = [];
    this.#member.give(kind, untilMs);
  }

  /** Collects what the others know of the state. */
  #makeWhole(): void {
    if (this.#isWhole) return;
    this.#order("put-state");
    this.putState(this.#state);
    this.#member.awaitAll();
    this.takeState(this.#state);
    this.#isWhole = true;
  }

  /** Hands the others the state that this one has taken up. */
  #hand(snapshot: Uint8Array): void {
    this.#member.giveChanges(this.#changes);
    this.#changes = [];
    this.#member.awaitAll();
    new Uint8Array(this.#member.state).set(snapshot);
    this.#member.give("restore");
    this.#member.awaitAll();
  }
}
