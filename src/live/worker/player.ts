import { underivedOverrides } from "../../experiment/branch.ts";
import {
  type Experiment,
  experimentText,
  interventions,
  listParameters,
  type RunEvent,
  resolveParameters,
} from "../../index.ts";
import { sensesArrivals } from "../../model/homeostasis.ts";
import { parseAssignments } from "../../model/overrides.ts";
import { commandLine } from "../session/command-line.ts";
import { experimentUntil } from "../session/experiment-length.ts";
import { LiveColumn, STEP_MS } from "../session/live-column.ts";
import { openedFile } from "../session/opened-file.ts";
import { openingExperiment } from "../session/opening-experiment.ts";
import { assignsParameters, linkedPlace, placeLink } from "../session/permalink.ts";
import { touchProblems } from "../session/touches.ts";
import type { DescriptionForm, Order, Piece, Report, Sample, Standing } from "./messages.ts";
import { Sampler } from "./sampler.ts";
import { checkPlayedSize } from "./shown-size.ts";
import { SpikePile } from "./spike-pile.ts";
import { standingOf } from "./standing.ts";

/** Samples are taken at multiples of this, ms of simulated time, but at most so often. */
const SAMPLE_MS = 1000;
const SAMPLE_PAUSE_MS = 100;
/** A report goes out this often, ms of real time; no more than so many that nobody has taken in. */
const REPORT_MS = 30;
const MOST_UNHEARD = 3;
/** Simulated stretch between two checks for requests, ms of real time. */
const TURN_MS = 12;
/** Steps that take less than this together, ms of real time, may be more; but no more than so many. */
const STRIDE_MS = 2;
const MOST_STEPS = 20;

/** Environment of the player. */
export interface Surroundings {
  readonly send: (report: Report, transfer?: ArrayBuffer[]) => void;
  readonly nowMs: () => number;
}

const concernsMoment = ({ kind }: Order) => kind === "touch" || kind === "describe";
const isJump = ({ kind }: Order) => kind === "go-to" || kind === "return";

/** The same experiment with parameters changed as "name=value". */
function withChanges(experiment: Experiment, assignments: readonly string[]): Experiment {
  const changes = parseAssignments(assignments);
  const given = underivedOverrides(experiment.parameters);
  return { ...experiment, parameters: resolveParameters({ ...given, ...changes }) };
}

/** Request to open an experiment: what was touched since, at which moment, how fast to play. */
interface Beginning {
  readonly touched?: readonly string[];
  readonly momentMs?: number;
  readonly speed?: number;
}

/** Plays a column by orders, and reports what happens in it. */
export class Player {
  readonly #surroundings: Surroundings;
  /** The first order opens one. */
  #column!: LiveColumn;
  #sampler!: Sampler;
  readonly #spikes = new SpikePile();
  #samples: Sample[] = [];
  #events: RunEvent[] = [];
  #heardMs = 0;
  #passage = 0;
  #speed = 0;
  /** The moment that it is on its way to, as fast as it goes, ms. */
  #aimMs: number | undefined;
  /** Orders that concern the moment that it is on its way to. */
  #waiting: Order[] = [];
  /** From where on time is measured: simulated and real, ms. */
  #pace = { simulatedMs: 0, realMs: 0 };
  /** The speed reached lately, and what it is measured from. */
  #reached = { speed: 0, simulatedMs: 0, realMs: 0 };
  #reportedMs = -Infinity;
  #sampledMs = -Infinity;
  /** Number of steps taken at once. */
  #steps = 1;
  #unheard = 0;
  #watched: number | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** True if there is anything to do in a turn. */
  get isBusy(): boolean {
    return this.#speed > 0 || this.#aimMs !== undefined;
  }

  /** Carries out an order; what is wrong with it is reported. */
  obey(order: Order): void {
    try {
      this.#obey(order);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const title =
        order.kind === "open" || order.kind === "open-file"
          ? "This cannot be opened"
          : "This cannot be done";
      const message = order.kind === "touch" ? touchProblems(error) : error.message;
      this.#surroundings.send({ kind: "problem", title, message });
      if (order.kind === "open") this.#open(openingExperiment());
    }
  }

  #obey(order: Order): void {
    const { send } = this.#surroundings;
    const waits = isJump(order) ? this.#waiting.length > 0 : concernsMoment(order);
    if (this.#aimMs !== undefined && waits) {
      this.#waiting.push(order);
      return;
    }
    if (order.kind === "open") this.#openLink(order.link, order.speed);
    else if (order.kind === "open-file") this.#openFile(order.bytes, order.name);
    else if (order.kind === "renew") this.#renew(order.assignments, order.speed);
    else if (order.kind === "play") this.#play(order.speed);
    else if (order.kind === "pause") this.#stop();
    else if (order.kind === "go-to") this.#goTo(order);
    else if (order.kind === "return") this.#return(order);
    else if (order.kind === "forget") this.#forgetFuture(order.future);
    else if (order.kind === "describe") this.#describe(order.form);
    else if (order.kind === "heard") this.#unheard = Math.max(0, this.#unheard - 1);
    else if (order.kind === "watch") {
      this.#watched = order.cell;
      this.#sample();
      this.#report();
    } else {
      this.#column.touch(order.what);
      this.#pace = this.#now();
      send({ kind: "changed", standing: this.#standing() });
    }
  }

  /** Goes on for a short while; returns how long to wait until it is called again, ms. */
  turn(): number {
    if (!this.isBusy || this.#unheard >= MOST_UNHEARD) return 5;
    const { nowMs } = this.#surroundings;
    const beganMs = nowMs();
    const aimMs = this.#aimMs;
    const column = this.#column;
    const wasOver = column.timeMs >= column.durationMs;
    // What could not be kept up with is not made up for.
    const mostMs = column.timeMs + 100 * this.#speed;
    const pacedMs = this.#pace.simulatedMs + this.#speed * (beganMs - this.#pace.realMs);
    const dueMs = aimMs ?? Math.min(pacedMs, mostMs);
    const endMs = () => Math.min(dueMs, column.durationMs);
    while (column.timeMs < endMs() && nowMs() - beganMs < TURN_MS) this.#stride(endMs());
    if (aimMs !== undefined) this.#arrive(aimMs);
    else if (pacedMs > mostMs) this.#pace = this.#now();
    if (column.timeMs >= column.durationMs && this.#speed > 0 && aimMs === undefined) {
      this.#stop();
      if (wasOver) this.#refuseToGoOn();
    }
    const hasNews = column.timeMs > this.#heardMs;
    if (hasNews && nowMs() - this.#reportedMs >= REPORT_MS) this.#report();
    return column.timeMs < dueMs ? 0 : 5;
  }

  /** Says why nothing is played where the experiment has ended. */
  #refuseToGoOn(): void {
    const message = "The experiment ends here. Go back to an earlier moment.";
    this.#surroundings.send({ kind: "problem", title: "This cannot be played", message });
  }

  #arrive(aimMs: number): void {
    if (this.#column.timeMs < Math.min(aimMs, this.#column.durationMs)) return;
    this.#aimMs = undefined;
    this.#pace = this.#now();
    if (this.#samples.at(-1)?.timeMs !== this.#column.timeMs) this.#sample();
    this.#report();
    // What follows is told at once.
    this.#reportedMs = -Infinity;
    for (const order of this.#waiting.splice(0)) this.obey(order);
  }

  #openFile(bytes: Uint8Array, name: string): void {
    const { experiment, momentMs } = openedFile(bytes, name);
    this.#open(experiment, { momentMs });
  }

  #openLink(link: string | undefined, speed: number): void {
    if (link === undefined) this.#open(openingExperiment(), { speed });
    else if (assignsParameters(link)) {
      const assignments = link.split("&").map(decodeURIComponent);
      this.#open(withChanges(openingExperiment(), assignments), { speed });
    } else {
      const { experiment, ...place } = linkedPlace(link);
      this.#open(experiment, { ...place, speed });
    }
  }

  #open(experiment: Experiment, { touched = [], momentMs = 0, speed = 0 }: Beginning = {}): void {
    checkPlayedSize(experiment.parameters);
    const column = new LiveColumn(experiment, touched);
    this.adopt(column, experiment.description, momentMs, speed);
  }

  /** Plays another column, from a moment on that it is to reach first. */
  adopt(column: LiveColumn, description: string, momentMs: number, speed = 0): void {
    this.#column = column;
    this.#sampler = new Sampler(column);
    this.#play(speed);
    this.#watched = undefined;
    this.#waiting = [];
    this.#passage = 0;
    this.#forget();
    this.#heardMs = column.timeMs;
    this.#aimMs = momentMs;
    const { network, durationMs } = this.#column;
    const { cellCount, interColumn, populations, xUm, yUm, zUm } = network;
    const synapseCount = network.synapseCount + (interColumn?.postsynaptic.length ?? 0);
    const { parameters } = this.#column.simulation;
    const described = {
      grid: { columnsX: parameters.columnsX ?? 1, columnsY: parameters.columnsY ?? 1 },
      ...{ cellCount, synapseCount, populations, xUm, yUm, zUm, durationMs, description },
      sensesCharge: sensesArrivals(parameters),
      interventions: interventions.listInterventions(),
      parameters: listParameters(),
    };
    this.#surroundings.send({ kind: "opened", column: described, standing: this.#standing() });
    this.#sample();
  }

  #renew(assignments: readonly string[], speed: number): void {
    const { experiment, touched } = this.#column;
    const entries = experiment.entries.filter(({ id }) => !touched.includes(String(id)));
    this.#open(withChanges({ ...experiment, entries }, assignments), { speed });
  }

  #play(speed: number): void {
    this.#speed = speed;
    this.#pace = this.#now();
    this.#reached = { speed: 0, ...this.#pace };
  }

  #stop(): void {
    this.#speed = 0;
    this.#sample();
    this.#report();
  }

  #goTo({ timeMs, fromMs, passage }: Extract<Order, { kind: "go-to" }>): void {
    this.#column.goBack(Math.min(timeMs, fromMs));
    this.#setOut(timeMs, Math.max(fromMs, this.#column.timeMs), passage);
  }

  #return({ future, timeMs, passage }: Extract<Order, { kind: "return" }>): void {
    this.#column.returnTo(future, timeMs);
    this.#setOut(timeMs, timeMs, passage);
    this.#surroundings.send({ kind: "changed", standing: this.#standing() });
  }

  #forgetFuture(number: number): void {
    this.#column.forget(number);
    this.#surroundings.send({ kind: "changed", standing: this.#standing() });
  }

  /** Is on its way to a moment; what happens before another one is not told. */
  #setOut(aimMs: number, heardMs: number, passage: number): void {
    this.#forget();
    this.#passage = passage;
    this.#heardMs = heardMs;
    this.#aimMs = aimMs;
  }

  /** Some steps at once: as many as take a short while, at most to the next sample. */
  #stride(endMs: number): void {
    const { nowMs } = this.#surroundings;
    const [beganMs, { timeMs }] = [nowMs(), this.#column];
    const stepsMs = STEP_MS * (Math.floor(timeMs / STEP_MS) + this.#steps);
    const sampleMs = SAMPLE_MS * (Math.floor(timeMs / SAMPLE_MS) + 1);
    const heardMs = timeMs < this.#heardMs ? this.#heardMs : Infinity;
    this.#step(Math.min(stepsMs, sampleMs, heardMs, STEP_MS * Math.ceil(endMs / STEP_MS)));
    const tookMs = nowMs() - beganMs;
    if (tookMs < STRIDE_MS) this.#steps = Math.min(MOST_STEPS, 2 * this.#steps);
    else this.#steps = Math.ceil(this.#steps / 2);
  }

  /** One step, to a time, with a sample where one is due. */
  #step(untilMs: number): void {
    if (untilMs <= this.#heardMs) {
      this.#column.advance(untilMs);
      return;
    }
    this.#column.advance(untilMs, {
      onSpikes: (timesMs, cells, count) => this.#spikes.add(timesMs, cells, count),
      onEvent: (event) => this.#hear(event),
    });
    const { nowMs } = this.#surroundings;
    const isDue = this.#column.timeMs % SAMPLE_MS === 0;
    if (isDue && nowMs() - this.#sampledMs >= SAMPLE_PAUSE_MS) this.#sample();
  }

  /** Keeps an event for the next report; an entry without effect is reported at once. */
  #hear(event: RunEvent): void {
    this.#events.push(event);
    for (const message of this.#column.notesOn(event)) {
      this.#surroundings.send({ kind: "problem", title: "Too few cells live", message });
    }
  }

  #sample(): void {
    this.#sampledMs = this.#surroundings.nowMs();
    this.#samples.push(this.#sampler.sample(this.#watched));
  }

  #report(): void {
    if (this.#column.timeMs < this.#heardMs) return;
    const { timesMs, cells } = this.#spikes.take();
    if (this.#watched !== undefined && this.#samples.length === 0) this.#sample();
    const piece: Piece = {
      ...{ fromMs: this.#heardMs, timesMs, cells },
      untilMs: this.#column.timeMs,
      samples: this.#samples,
      events: this.#events,
    };
    this.#samples = [];
    this.#events = [];
    this.#heardMs = this.#column.timeMs;
    this.#reportedMs = this.#surroundings.nowMs();
    this.#unheard++;
    const report: Report = { kind: "played", piece, standing: this.#standing() };
    this.#surroundings.send(report, [timesMs.buffer, cells.buffer]);
  }

  #describe(form: DescriptionForm): void {
    const { experiment, touched, timeMs: momentMs } = this.#column;
    const ended = () => experimentUntil(experiment, Math.max(momentMs, STEP_MS));
    const texts: Readonly<Record<DescriptionForm, () => string>> = {
      link: () => placeLink({ experiment, touched, momentMs }),
      file: () => experimentText(ended()),
      command: () => commandLine(ended()),
    };
    const description = { form, text: texts[form](), momentMs };
    this.#surroundings.send({ kind: "described", description });
  }

  #standing(): Standing {
    const { nowMs } = this.#surroundings;
    const { simulatedMs, realMs } = this.#reached;
    const passedMs = nowMs() - realMs;
    if (passedMs > 500) {
      const speed = (this.#column.timeMs - simulatedMs) / passedMs;
      this.#reached = { speed, ...this.#now() };
    }
    return standingOf(this.#column, {
      passage: this.#passage,
      isPlaying: this.#speed > 0,
      isSeeking: this.#aimMs !== undefined,
      speed: this.#reached.speed,
    });
  }

  #now() {
    return { simulatedMs: this.#column.timeMs, realMs: this.#surroundings.nowMs() };
  }

  #forget(): void {
    this.#spikes.take();
    this.#samples = [];
    this.#events = [];
    this.#heardMs = 0;
  }
}
