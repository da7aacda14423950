/** Text in which what stands between backticks is code: an action, a type, a task. */
export function WithCode({ children }: { readonly children: string }) {
  const parts = children.split("`");
  // An odd number of backticks is no pair: the text is shown as it is.
  if (parts.length % 2 === 0) return children;
  let position = 0;
  return parts.map((part) => {
    const code = position % 2 === 1;
    position += 1;
    return code ? (
      <code key={position} className="rounded-sm bg-muted px-1 font-mono text-[0.92em]">
        {part}
      </code>
    ) : (
      part
    );
  });
}
