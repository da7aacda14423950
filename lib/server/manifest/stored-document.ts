import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import {
  type JsonObject,
  type Problem,
  parseDocumentText,
  readManifest,
} from "@/lib/domain/manifest/document";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";

/** A JSON object, as Prisma takes it. */
const Stored = z.record(z.string(), z.json());

/** Text from the editor as a document to store, complete or not. Throws AppError("invalid"). */
export function documentToStore(text: string): z.infer<typeof Stored> {
  const { document, problems } = parseDocumentText(text);
  if (document === null) {
    throw new AppError("invalid", problems[0]?.message ?? "the document can't be read", {
      fields: problems,
    });
  }
  return toStore(document);
}

/** A document that is an object already. */
export function toStore(document: JsonObject): z.infer<typeof Stored> {
  return Stored.parse(document);
}

/** What a stored document says, for its agent; a manifest for another agent is a problem like any other. */
export function readStored(
  document: unknown,
  agentId: string,
): { readonly manifest: IntentManifest | null; readonly problems: readonly Problem[] } {
  const read = readManifest(document);
  if (read.manifest === null || read.manifest.agentId === agentId) return read;
  return {
    manifest: null,
    problems: [
      { path: "/agentId", message: `must be ${agentId}, the agent that this draft is for` },
    ],
  };
}
