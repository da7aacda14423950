/** Marks the part of the form that stands for a place in the document. */
export const PLACE = "data-place";

/**
 * Moves the focus to the control of a JSON pointer, or of the nearest place above it that the form has. Returns
 * whether there was any.
 */
export function focusPlace(jsonPointer: string): boolean {
  for (let at = jsonPointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const element = document.querySelector<HTMLElement>(`[${PLACE}="${CSS.escape(at)}"]`);
    if (element === null) continue;
    for (const closed of closedAround(element)) closed.open = true;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
    return true;
  }
  return false;
}

function closedAround(element: HTMLElement): HTMLDetailsElement[] {
  const found: HTMLDetailsElement[] = [];
  let details = element.parentElement?.closest("details") ?? null;
  while (details !== null) {
    found.push(details);
    details = details.parentElement?.closest("details") ?? null;
  }
  return found;
}
