import { notFound } from "next/navigation";
import { AppError } from "@/lib/domain/errors";

/** What a page shows, or the 404 page where there is no such thing. */
export async function orNotFound<Value>(query: Promise<Value>): Promise<Value> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
