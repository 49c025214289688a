import {
  deathProbability,
  decayedActivity,
  errorOver,
  mayDie,
  risenActivity,
} from "../rules/arrival-scaling.ts";
import { f64, i32, i64, load, store, type u8, u32, usize } from "../rules/prelude.ts";
import { limited, scaledWeight, scaleFactorAfter } from "../rules/scaling.ts";
import {
  ACTIVE_AT,
  ACTIVITY,
  DEATH,
  DEATH_DRAW,
  DEATH_DRAWS,
  DEATH_PROBABILITY,
  DEATH_RULE,
  DEATH_SPEED,
  DEATH_STREAM,
  DEATHLESS,
  DIED_AT,
  GROWTH_FACTOR,
  PUBLISHED_DEATH,
  SENSOR,
} from "./arrival-state.ts";
import { plasticWeight, recordOf } from "./cell-events.ts";
import {
  AMPA,
  GABA_DISTAL,
  RATE_ERROR_INTEGRAL,
  SCALE_FACTOR,
  TARGET_RATE,
} from "./cell-record.ts";
import { SCALING_ON } from "./control.ts";
import { endStreams } from "./external-events.ts";
import {
  active,
  beta,
  control,
  death,
  excitatory,
  f64At,
  fastReceptor,
  gamma,
  homeostasis,
  integralLimit,
  scaleFactorMaximum,
  scaleFactorMinimum,
  scalesInhibition,
  sensor,
  sensorDecayPerMs,
  sensorTimeConstantMs,
  slowWeightMv,
  u8At,
} from "./memory.ts";
import { mcellRan4 } from "./numeric.ts";
import { dropAfter } from "./pending.ts";

/*
 * Homeostasis of the 2014 model, all of which happens at synaptic arrivals: the sensor of activity,
 * scaling, and death. It depends on nothing else, so that in each window it goes ahead of the
 * membranes, in the order of time of all cells, as the one stream of draws for death asks for.
 */

/** The fast weight of an arrival now, scaled, after what it does to the homeostasis of its target. */
export function senseArrival(target: i32, synapse: i32, now: f64): f64 {
  const fastMv = plasticWeight(synapse);
  if (!(fastMv > 0 || f64At(slowWeightMv, synapse) > 0)) return fastMv;
  const record = recordOf(target);
  const sensed = sensor + usize(target) * (SENSOR * 8);
  const receptor = u8At(fastReceptor, synapse);
  const scaling = load<f64>(control, SCALING_ON * 8) !== 0;
  let scaledMv = fastMv;
  if (scaling) {
    if (load<f64>(record, TARGET_RATE * 8) < 0) {
      store<f64>(record, load<f64>(sensed, ACTIVITY * 8), TARGET_RATE * 8);
    }
    if ((u8At(excitatory, target) | scalesInhibition) !== 0) {
      const scaleFactor = updatedFactor(record, sensed, now);
      if (receptor === AMPA) scaledMv = scaledWeight(fastMv, scaleFactor, true);
      else if (receptor === GABA_DISTAL) scaledMv = scaledWeight(fastMv, scaleFactor, false);
    }
  }
  let activity = load<f64>(sensed, ACTIVITY * 8);
  if (receptor === AMPA) activity = risenActivity(activity, scaledMv, sensorTimeConstantMs);
  const beforeMs = load<f64>(sensed, ACTIVE_AT * 8);
  activity = decayedActivity(activity, (now - beforeMs) * sensorDecayPerMs);
  store<f64>(sensed, activity, ACTIVITY * 8);
  store<f64>(sensed, now, ACTIVE_AT * 8);
  if (load<f64>(homeostasis, DEATH_RULE * 8) !== f64(DEATHLESS)) {
    drawDeath(target, record, activity, now, beforeMs);
  }
  return scaledMv;
}

/** Updates a cell's scale factor and returns it. */
function updatedFactor(record: usize, sensed: usize, now: f64): f64 {
  const error = errorOver(
    now - load<f64>(sensed, ACTIVE_AT * 8),
    load<f64>(sensed, ACTIVITY * 8),
    load<f64>(record, TARGET_RATE * 8),
    load<f64>(homeostasis, GROWTH_FACTOR * 8),
  );
  const integral = load<f64>(record, RATE_ERROR_INTEGRAL * 8) + error;
  const factor = load<f64>(record, SCALE_FACTOR * 8);
  const next = scaleFactorAfter(factor, error, integral, beta, gamma);
  const bounded = limited(next, scaleFactorMinimum, scaleFactorMaximum);
  store<f64>(record, limited(integral, -integralLimit, integralLimit), RATE_ERROR_INTEGRAL * 8);
  store<f64>(record, bounded, SCALE_FACTOR * 8);
  return bounded;
}

/** One draw, which decides on death if the cell's activity is far above its target. */
function drawDeath(target: i32, record: usize, activity: f64, now: f64, beforeMs: f64): void {
  const number = load<f64>(homeostasis, DEATH_DRAWS * 8);
  store<f64>(homeostasis, number + 1, DEATH_DRAWS * 8);
  if (!mayDie(activity, load<f64>(record, TARGET_RATE * 8))) return;
  const low = i32(i64(load<f64>(homeostasis, DEATH_STREAM * 8)));
  const draw = f64(u32(mcellRan4(i32(i64(number)), low))) * TWO_TO_MINUS_32;
  const probability = deathProbability(
    load<f64>(homeostasis, DEATH_SPEED * 8),
    load<f64>(record, SCALE_FACTOR * 8),
    now,
    beforeMs,
    load<f64>(homeostasis, DEATH_RULE * 8) === f64(PUBLISHED_DEATH),
  );
  if (!(draw < probability)) return;
  const died = death + usize(target) * (DEATH * 8);
  store<f64>(died, now, DIED_AT * 8);
  store<f64>(died, number, DEATH_DRAW * 8);
  store<f64>(died, probability, DEATH_PROBABILITY * 8);
  store<u8>(active + usize(target), 0);
  endStreams(target, now);
  dropAfter(target, now);
}

const TWO_TO_MINUS_32: f64 = 2.3283064365386963e-10;
