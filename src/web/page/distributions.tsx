import { GAIN_BIN, GAIN_BINS } from "../../live/worker/messages.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

/** Width of a bin of scale factors, and how many there are; the last holds all above. */
const SCALE_BIN = 0.1;
const SCALE_BINS = 31;

/** Current distributions of plastic gains and scale factors. */
export function Distributions({ session }: { readonly session: LiveSession }) {
  return (
    <Panel title="Distributions">
      <Histograms session={session} />
    </Panel>
  );
}

function Histograms({ session }: { readonly session: LiveSession }) {
  const sample = session.sample.value;
  const column = session.column.value;
  if (!sample || !column) return null;
  const scales = new Uint32Array(SCALE_BINS);
  for (const { cellClass, firstCell, cellCount } of column.populations) {
    if (cellClass !== "E") continue;
    for (let cell = firstCell; cell < firstCell + cellCount; cell++) {
      const bin = Math.min(SCALE_BINS - 1, Math.floor(sample.scaleFactors[cell]! / SCALE_BIN));
      if (sample.alive[cell] && bin >= 0) scales[bin]!++;
    }
  }
  return (
    <>
      <Histogram
        title="Plastic gains, E to E"
        counts={sample.gainCounts}
        most={GAIN_BIN * (GAIN_BINS - 1)}
        unit="synapses"
      />
      <Histogram
        title="Scale factors, living E cells"
        counts={scales}
        most={SCALE_BIN * (SCALE_BINS - 1)}
        unit="cells"
      />
    </>
  );
}

interface HistogramProps {
  readonly title: string;
  readonly counts: Uint32Array;
  /** Start of the last bin, which holds all larger values. */
  readonly most: number;
  readonly unit: string;
}

/** Size of a histogram, in units of its own. */
const [WIDTH, HEIGHT] = [164, 70];

function Histogram({ title, counts, most, unit }: HistogramProps) {
  const highest = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mode = counts.indexOf(highest);
  const width = most / (counts.length - 1);
  const step = WIDTH / counts.length;
  const range = `${(mode * width).toFixed(2)} to ${((mode + 1) * width).toFixed(2)}`;
  return (
    <figure class="histogram">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 12}`}
        role="img"
        aria-label={`${title}: ${total} ${unit}, most of them ${range}`}
      >
        {Array.from(counts, (count, bin) => (
          <rect
            key={bin}
            x={bin * step}
            y={HEIGHT - (HEIGHT * count) / highest}
            width={0.85 * step}
            height={(HEIGHT * count) / highest}
          />
        ))}
        <path d={`M0 ${HEIGHT}H${WIDTH}`} />
        <text x={0} y={HEIGHT + 8}>
          0
        </text>
        <text x={WIDTH} y={HEIGHT + 8} text-anchor="end">
          ≥ {most}
        </text>
        <text x={WIDTH} y={8} text-anchor="end">
          {highest} {unit}
        </text>
      </svg>
    </figure>
  );
}
