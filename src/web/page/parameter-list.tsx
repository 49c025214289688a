import { useState } from "preact/hooks";
import type { ParameterListing } from "../../index.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

/** All parameters of `isocortex list parameters`, to be searched and changed. */
export function ParameterList({ session }: { readonly session: LiveSession }) {
  return (
    <Panel title="All parameters">
      <SoughtParameters session={session} />
    </Panel>
  );
}

function SoughtParameters({ session }: { readonly session: LiveSession }) {
  const [sought, seek] = useState("");
  const listings = session.column.value?.parameters ?? [];
  const found = listings.filter((one) => isFound(one, sought));
  return (
    <>
      <label>
        Search <small>name, unit or description</small>
        <input
          type="search"
          value={sought}
          onInput={({ currentTarget }) => seek(currentTarget.value)}
        />
      </label>
      <p class="note" role="status">
        {found.length} of {listings.length} parameters
      </p>
      <ul class="parameters">
        {found.map((listing) => (
          <ParameterRow key={listing.name} session={session} listing={listing} />
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  readonly session: LiveSession;
  readonly listing: ParameterListing;
}

function ParameterRow({ session, listing }: RowProps) {
  const { name, unit, allowed, doc, matters, changes } = listing;
  const value = String(session.standing.value.parameters[name] ?? "");
  const change = (text: string) => {
    if (text === value || text === "") return;
    if (changes.latest === "any time") session.touch({ set: { [name]: text } });
    else session.renew(name, text);
  };
  return (
    <li>
      <label>
        <span>
          <strong>{name}</strong> {unit !== "1" && unit}
        </span>
        <input
          value={value}
          disabled={matters === "as entries"}
          onChange={({ currentTarget }) => {
            change(currentTarget.value.trim());
            currentTarget.value = value;
          }}
        />
        <small>
          {doc} {allowed}; usually {listing.default}. {consequence(listing)}
        </small>
      </label>
    </li>
  );
}

const consequence = ({ matters, changes }: ParameterListing): string => {
  if (changes.latest === "any time") return "Changes at once.";
  if (matters === "as entries") return `Not changed here: ${changes.reason}.`;
  return "A change starts a new column.";
};

const isFound = ({ name, unit, doc }: ParameterListing, sought: string): boolean =>
  sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${name} ${unit} ${doc}`.toLowerCase().includes(word));
