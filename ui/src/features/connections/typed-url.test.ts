import { expect, test } from "vitest";
import { isTypingPassword, lifted } from "./typed-url";

test("a password is taken out as soon as it is complete", () => {
  const cases: [string, string, string][] = [
    ["postgres://writer:s3cret@", "postgres://writer@", "s3cret"],
    ["postgresql://writer:s3cret@db.example:6543/walk", "postgresql://writer@db.example:6543/walk", "s3cret"],
    ["postgres://writer:p%40ss%2F@db", "postgres://writer@db", "p@ss/"],
    ["postgres://writer:100%@db", "postgres://writer@db", "100%"],
    ["postgres://writer:a:b@db", "postgres://writer@db", "a:b"],
    // An `@` in the password: what was taken for a host belongs to it.
    ["postgres://writer:p@ss@db", "postgres://writer@db", "p@ss"],
    ["postgres://writer@ss@db", "postgres://writer@db", "@ss"],
  ];
  for (const [typed, url, password] of cases) expect(lifted(typed), typed).toMatchObject({ url, password });
  expect(lifted("postgres://writer@ss@db")?.isMore).toBe(true);
  for (const none of ["postgres://writer@db:5432/walk", "postgres://db:5432/walk", "postgres://writer:s3c", "a:b@c"])
    expect(lifted(none), none).toBeNull();
});

test("until then it is hidden", () => {
  for (const typed of [
    "postgres://writer:s",
    "postgres://writer:5432",
    "postgres://w:a/b",
    "postgres://w@db?password=s",
  ])
    expect(isTypingPassword(typed), typed).toBe(true);
  for (const typed of [
    "",
    "postgres:",
    "postgres://writer",
    "postgres://writer:",
    "postgres://db:5432/walk",
    "writer:s",
  ])
    expect(isTypingPassword(typed), typed).toBe(false);
});
