import { describeEntry, peopleIn } from "@/lib/domain/ledger/describe";
import type { EntryBody } from "@/lib/domain/ledger/event";
import type { EntryRow, Named } from "@/lib/domain/ledger/view";
import { db } from "../db";

type Names = ReadonlyMap<string, string>;

/** Names of the people and agents in the bodies, by id; ids that no longer lead anywhere are absent. */
export async function namesOf(bodies: readonly (EntryBody | null)[]): Promise<Names> {
  const present = bodies.filter((body) => body !== null);
  const people = new Set(present.flatMap(peopleIn));
  const agents = new Set(
    present.flatMap((body) => ("agentId" in body && body.agentId !== null ? [body.agentId] : [])),
  );
  const named = await Promise.all([
    db.person.findMany({ where: { id: { in: [...people] } }, select: { id: true, name: true } }),
    db.agent.findMany({ where: { id: { in: [...agents] } }, select: { id: true, name: true } }),
  ]);
  return new Map(named.flat().map(({ id, name }) => [id, name]));
}

export function entryRow(seq: number, body: EntryBody | null, names: Names): EntryRow {
  const nothing = { at: null, kind: null, outcome: null, reason: null, agent: null, person: null };
  if (body === null) {
    return { ...nothing, seq, simulated: false, summary: "This entry can't be read." };
  }
  const named = (id: string | null): Named | null =>
    id === null ? null : { id, name: names.get(id) ?? id };
  const isDecision = body.kind === "decision";
  return {
    seq,
    at: body.at,
    kind: body.kind,
    outcome: isDecision ? body.outcome : null,
    reason: isDecision ? body.reason : null,
    simulated: isDecision && body.simulated,
    agent: named("agentId" in body ? body.agentId : null),
    person: named(isDecision ? body.sponsorId : body.personId),
    summary: describeEntry(body, (id) => names.get(id) ?? id),
  };
}
