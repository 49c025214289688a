import { useRef } from "preact/hooks";
import type { Chronicle } from "../../live/session/chronicle.ts";
import {
  type RecentSpectra,
  recentSpectra,
  SPECTRUM_S,
} from "../../live/session/recent-spectrum.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

/** Spectra of the last seconds, of excitatory and inhibitory spikes. */
export function Spectrum({ session }: { readonly session: LiveSession }) {
  return (
    <Panel title="Spectrum">
      <Spectra session={session} />
    </Panel>
  );
}

/** Least advance of simulated time and of real time between two estimates, ms. */
const PAUSE_MS = 500;

interface Known {
  readonly spectra: RecentSpectra | undefined;
  readonly chronicle: Chronicle;
  readonly untilMs: number;
  readonly realMs: number;
}

function Spectra({ session }: { readonly session: LiveSession }) {
  const known = useRef<Known>(undefined);
  const { timeMs } = session.standing.value;
  const { chronicle } = session;
  const last = known.current;
  const isStale =
    last?.chronicle !== chronicle ||
    (Math.abs(timeMs - last.untilMs) >= PAUSE_MS && performance.now() - last.realMs >= PAUSE_MS);
  if (isStale) {
    const spectra = recentSpectra(chronicle);
    known.current = { spectra, chronicle, untilMs: timeMs, realMs: performance.now() };
  }
  const { spectra } = known.current!;
  if (!spectra) return <p class="note">After {SPECTRUM_S.toFixed(0)} s there is a spectrum.</p>;
  return <Plot {...spectra} />;
}

/** Size of the plot, in units of its own; frequencies that are shown, Hz; power always shown, 1/Hz. */
const [WIDTH, HEIGHT, LEFT] = [164, 84, 22];
const MOST_HZ = 50;
const USUAL_TOP = 0.08;

function Plot({ frequenciesHz, excitatory, inhibitory }: RecentSpectra) {
  const shown = [...frequenciesHz.keys()].filter((band) => frequenciesHz[band]! <= MOST_HZ);
  const top = Math.max(
    USUAL_TOP,
    ...shown.flatMap((band) => [excitatory[band]!, inhibitory[band]!]),
  );
  const x = (frequencyHz: number) => LEFT + ((WIDTH - LEFT) * frequencyHz) / MOST_HZ;
  const y = (power: number) => HEIGHT - ((HEIGHT - 4) * power) / top;
  const line = (power: Float64Array) =>
    `M${shown.map((band) => `${x(frequenciesHz[band]!).toFixed(1)} ${y(power[band]!).toFixed(1)}`).join("L")}`;
  const strongest = shown.reduce((one, band) =>
    excitatory[band]! > excitatory[one]! ? band : one,
  );
  const peak = `${frequenciesHz[strongest]!.toFixed(1)} Hz`;
  return (
    <figure class="spectrum">
      <figcaption>
        Normalized power, 1/Hz
        <span class="key excitatory">excitatory</span>
        <span class="key inhibitory">inhibitory</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 23}`}
        role="img"
        aria-label={`Power of the last ${SPECTRUM_S.toFixed(0)} s against frequency; excitatory cells are strongest at ${peak}`}
      >
        <path class="axis" d={`M${LEFT} 4V${HEIGHT}H${WIDTH}`} />
        {[0, 10, 20, 30, 40, 50].map((frequencyHz) => (
          <text
            key={frequencyHz}
            x={x(frequencyHz)}
            y={HEIGHT + 10}
            text-anchor={anchor(frequencyHz)}
          >
            {frequencyHz}
          </text>
        ))}
        <text x={(LEFT + WIDTH) / 2} y={HEIGHT + 19} text-anchor="middle">
          Frequency (Hz)
        </text>
        <text x={LEFT - 3} y={HEIGHT} text-anchor="end">
          0
        </text>
        <text x={LEFT - 3} y={10} text-anchor="end">
          {top.toFixed(2)}
        </text>
        <path class="inhibitory" d={line(inhibitory)} />
        <path class="excitatory" d={line(excitatory)} />
      </svg>
    </figure>
  );
}

const anchor = (frequencyHz: number) =>
  frequencyHz === 0 ? "start" : frequencyHz === MOST_HZ ? "end" : "middle";
