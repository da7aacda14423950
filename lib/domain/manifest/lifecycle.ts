/** States of one version of a manifest. */
export const MANIFEST_STATES = [
  "draft",
  "submitted",
  "approved",
  "superseded",
  "returned",
  "revoked",
] as const;
export type ManifestState = (typeof MANIFEST_STATES)[number];

const MOVES: Readonly<Record<ManifestState, readonly ManifestState[]>> = {
  // a withdrawn manifest is a draft again
  draft: ["submitted"],
  submitted: ["approved", "returned", "draft"],
  returned: ["draft", "submitted"],
  approved: ["superseded", "revoked"],
  superseded: [],
  revoked: [],
};

/** May a manifest go from one state to the other? */
export function canMove(from: ManifestState, to: ManifestState): boolean {
  return MOVES[from].includes(to);
}

/** May its document still be changed? Everything else is immutable, because it was signed or is being read. */
export function isEditable(state: ManifestState): boolean {
  return state === "draft" || state === "returned";
}

/** Unknown text is no state. */
export function isManifestState(value: string): value is ManifestState {
  return (MANIFEST_STATES as readonly string[]).includes(value);
}

/** What the state means to a reader. */
export const STATE_MEANING: Readonly<Record<ManifestState, string>> = {
  draft: "Being written. Gives no authority.",
  submitted: "Waiting for the sponsor. Gives no authority yet.",
  approved: "In force: what the agent may do is decided by it.",
  superseded: "Replaced by a later version. Gives no authority.",
  returned: "Sent back with reasons. Gives no authority.",
  revoked: "Withdrawn by a person. Gives no authority.",
};
