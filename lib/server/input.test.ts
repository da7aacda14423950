import { expect, it } from "vitest";
import { z } from "zod";
import { parseInput } from "./input";

const Schema = z.strictObject({
  id: z.string().max(64),
  more: z.record(z.string(), z.array(z.string())).optional(),
});

it("gives back what was sent, parsed", () => {
  expect(parseInput(Schema, { id: "rev_1", more: { a: ["b"] } })).toEqual({
    id: "rev_1",
    more: { a: ["b"] },
  });
});

it("names each field that is wrong", () => {
  expect(() => parseInput(Schema, { id: 1, other: 2 })).toThrow(
    expect.objectContaining({
      code: "invalid",
      fields: expect.arrayContaining([expect.objectContaining({ path: "id" })]),
    }),
  );
});

it.each([
  [{ id: "rev_\0" }, "id"],
  [{ id: "rev_1", more: { a: ["b", "c\0"] } }, "more.a.1"],
  [{ id: "rev_1", more: { "a\0": [] } }, "more"],
])("refuses a NUL before the database does", (raw, path) => {
  expect(() => parseInput(Schema, raw)).toThrow(
    expect.objectContaining({ code: "invalid", fields: [expect.objectContaining({ path })] }),
  );
});
