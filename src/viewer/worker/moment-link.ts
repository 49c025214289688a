/** The end of an address that opens a run at a moment, as long as the server lives. */
export const momentLink = (id: number, timeMs: number): string => `run=${id}&at=${timeMs}`;

/** Run and moment that the end of an address names; undefined when it names none. */
export function linkedMoment(link: string): { id: number; timeMs: number | undefined } | undefined {
  const found = new URLSearchParams(link);
  const [id, at] = ["run", "at"].map((name) => Number(found.get(name) ?? Number.NaN));
  if (!Number.isInteger(id) || id! < 0) return undefined;
  return { id: id!, timeMs: Number.isFinite(at) ? at : undefined };
}
