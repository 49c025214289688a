import { useRef, useState } from "preact/hooks";
import type { VerificationReport } from "../../index.ts";
import { base } from "./base.ts";
import { startJob } from "./jobs.ts";
import { Panel } from "./panel.tsx";

/** Replays the runs of the original in this browser, and counts the spikes that are identical. */
export function Verification() {
  const [reports, setReports] = useState<readonly VerificationReport[]>([]);
  const [done, setDone] = useState<number | undefined>(undefined);
  const [failure, setFailure] = useState("");
  const running = useRef<AbortController>(undefined);
  const start = async () => {
    running.current = new AbortController();
    setReports([]);
    setFailure("");
    setDone(0);
    try {
      const job = { kind: "verify", base } as const;
      await startJob(
        job,
        (report) => {
          if (report.kind === "progress") setDone(report.done);
          if (report.kind === "verified") setReports((so) => [...so, report.report]);
        },
        running.current.signal,
      );
    } catch (error) {
      setFailure((error as Error).message);
    }
    setDone(undefined);
  };
  const isRunning = done !== undefined;
  const spikes = reports.reduce((sum, one) => sum + one.spikes, 0);
  const identical = reports.reduce((sum, one) => sum + one.identicalSpikes, 0);
  return (
    <Panel title="Verify">
      <p class="note">
        Runs of the original model under NEURON come with this page. Your browser replays them from
        their parameters and seeds alone, and compares every spike.
      </p>
      <div class="buttons">
        <button type="button" onClick={isRunning ? () => running.current?.abort() : start}>
          {isRunning ? "Stop" : "Verify"}
        </button>
        {isRunning && <progress value={done} aria-label="Replayed so far" />}
      </div>
      {reports.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">identical spikes</th>
              <th scope="col">all checks</th>
            </tr>
          </thead>
          <tbody>
            {reports.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td>
                  {grouped(one.identicalSpikes)} of {grouped(one.spikes)}
                </td>
                <td>{one.passed ? "passed" : "failed"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p role="status">
        {failure && `It could not be done: ${failure}`}
        {!isRunning && reports.length > 0 && (
          <strong>
            {grouped(identical)} of {grouped(spikes)} spikes identical.
          </strong>
        )}
      </p>
    </Panel>
  );
}

const grouped = (count: number) => count.toLocaleString("en").replaceAll(",", " ");
