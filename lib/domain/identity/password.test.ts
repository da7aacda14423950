import { expect, test } from "vitest";
import { passwordProblem } from "./password";

const ADA = { name: "Ada Lovelace", email: "ada.lovelace@bank.example" };

test.each(["seven green bottles stand", "kW9!vq2Lm#tz", "Ünïcødé für alle Fälle"])(
  "%s will do",
  (password) => {
    expect(passwordProblem(password, ADA)).toBeNull();
  },
);

test.each([
  ["too short", "short words", /at least 12/],
  ["too long", "a1b2c3d4e5f6 ".repeat(10), /at most 128/],
  ["one sign repeated", "aaaaaaaaaaaaaaaa", /different characters/],
  ["a common one with digits", "Password12345", /easy to guess/],
  ["the own surname with digits", "Lovelace2026!", /easy to guess/],
  ["the own name in full with digits", "Ada Lovelace 2026", /easy to guess/],
  ["a common one twice", "passwordpassword", /easy to guess/],
  ["the own address", "ada.lovelace.1", /easy to guess/],
])("%s is refused", (_what, password, message) => {
  expect(passwordProblem(password, ADA)).toMatch(message);
});

test("the name of another person is no reason", () => {
  expect(passwordProblem("Lovelace2026!", { name: "Bo", email: "bo@bank.example" })).toBeNull();
});
