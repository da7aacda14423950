import { intentManifestJsonSchema } from "@/lib/domain/manifest/json-schema";

const BODY = JSON.stringify(intentManifestJsonSchema(), null, 2);

/** The manifest's JSON Schema: public, because editors and validators fetch it without a session. */
export function GET(): Response {
  return new Response(BODY, {
    headers: {
      "content-type": "application/schema+json; charset=utf-8",
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    },
  });
}
