import { AppError } from "@/lib/domain/errors";

const CODES = { standing: "forbidden", competence: "competence", facts: "conflict" } as const;

/** Throws the failure that an obstacle stands for; nothing in the way: nothing happens. */
export function refuse(
  obstacle: { readonly kind: keyof typeof CODES; readonly message: string } | null,
): void {
  if (obstacle !== null) throw new AppError(CODES[obstacle.kind], obstacle.message);
}
