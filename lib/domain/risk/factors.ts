import { z } from "zod";

const KeptFactors = z.array(z.object({ points: z.number(), words: z.string() }));

/** What adds to a score that was kept, the most first; nothing where it can't be read. Holds for every formula. */
export function readFactors(
  kept: unknown,
): readonly { readonly points: number; readonly words: string }[] {
  const parsed = KeptFactors.safeParse(kept);
  if (!parsed.success) return [];
  return parsed.data.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
}
