import { expect, test } from "vitest";
import { pagePermission } from "./page-permission";
import { rolesFor } from "./role-words";
import { visibleRooms } from "./rooms";

test("every room of the navigation is a page whose permission we know", () => {
  for (const room of visibleRooms({ id: "per_x", roles: ["admin"] })) {
    expect(pagePermission(room), room).not.toBeNull();
  }
});

test("a page's permission is that of the page, not of a longer or shorter address", () => {
  expect(pagePermission("/people")).toBe("people:read");
  expect(pagePermission("/peoples")).toBeNull();
  expect(pagePermission("/agents/new")).toBe("agent:register");
  expect(pagePermission("/agents/agt_1")).toBe("agent:read");
  expect(pagePermission("/manifests/man_1/edit")).toBe("manifest:draft");
});

test("the navigation leaves out what a person may not enter", () => {
  expect(visibleRooms({ id: "per_x", roles: ["owner"] })).not.toContain("/people");
  expect(visibleRooms({ id: "per_x", roles: [] })).toEqual([]);
});

test("the roles that a page needs are said in words", () => {
  expect(rolesFor("people:read")).toBe("Administrator, Compliance or Auditor");
  expect(rolesFor("people:manage")).toBe("Administrator");
});
