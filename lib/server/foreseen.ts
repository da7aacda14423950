import { AppError } from "@/lib/domain/errors";
import { Prisma } from "@/prisma/generated/client";

/** A broken unique index means that somebody else was first. */
export function foreseen(error: unknown): unknown {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
    return new AppError("conflict", "somebody else changed this at the same moment: look again", {
      cause: error,
    });
  }
  return error;
}
