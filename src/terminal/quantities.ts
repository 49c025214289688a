/** Numbers as people read them on a terminal. */

/** 1234567 as "1 234 567". */
export const countText = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, " ");

/** A number with three significant digits and no exponent: 0.61, 5.02, 113, 1340. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 2));
}

/** Simulated time: "200 s", "9600 s", "0.25 s". */
export const secondsText = (timeMs: number): string => `${Number((timeMs / 1000).toFixed(3))} s`;

/** Wall time as on a stopwatch: "0:07", "12:30", "11:05:00". */
export function clockText(timeMs: number): string {
  if (!Number.isFinite(timeMs)) return "–";
  const seconds = Math.round(timeMs / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Wall time in words: "0.8 s", "17 s", "3 min 20 s", "1 h 5 min". */
export function durationWords(timeMs: number): string {
  if (!Number.isFinite(timeMs)) return "–";
  if (timeMs < 9950) return `${(timeMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(timeMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** More than this on disk is worth a note, bytes. */
export const NOTED_BYTES = 100e6;

/** 1536000 as "1.5 MB". */
export function bytesText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(1, bytes)) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** "2 for 87 % of the time": the part of a record that several threads simulated, if they did. */
export const threadUseTexts = (
  use: readonly { readonly threads: number; readonly simulatedMs: number }[],
  forMs: number,
): string[] =>
  use
    .filter(({ threads, simulatedMs }) => threads > 1 && simulatedMs > 0)
    .map(({ threads, simulatedMs }) => {
      return `${threads} for ${Math.floor((100 * simulatedMs) / forMs)} % of the time`;
    });
