/** The sentences of an attestation, to be ticked one by one; joined by a space they are the text again. */
export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=\.) (?=[A-Z])/);
}

/** What is signed: the proposed words as they were shown, and the approver's own, if any. */
export function attested(text: string, ownWords: string): string {
  const own = ownWords.trim();
  return own === "" ? text : `${text}\nIn my own words: ${own}`;
}
