import { config } from "zod";

// Zod would try to compile its parsers with `new Function`, which our content security policy forbids and reports.
config({ jitless: true });
