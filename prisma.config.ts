import { defineConfig } from "prisma/config";

// `generate`, `validate` and `format` never run the schema engine, but the CLI looks for its binary
// first and would download it. For these three any executable will do; `migrate` needs the real one.
if (["generate", "validate", "format"].includes(process.argv[2] ?? "")) {
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;
}

export default defineConfig({ schema: "prisma/schema" });
