import { expect, test } from "vitest";
import { emptyForm, formOf, modelsOf, usualAddress, withKind } from "./provider-form";

test("models are lines, with prices where somebody gave them", () => {
  const models = [
    { name: "small", price: null },
    { name: "gpt-5", price: { input_micros: 1_250_000, output_micros: 10_000_000, currency: "EUR" } },
  ];
  expect(modelsOf(" small \n\ngpt-5 1.25 10 EUR")).toEqual({ models });
  const provider = { ...emptyForm, id: "prov_1", models };
  expect(formOf(provider).models).toBe("small\ngpt-5 1.25 10 EUR");
  expect(modelsOf("gpt-5 1.25")).toEqual({ problem: "gpt-5 1.25" });
  expect(modelsOf("gpt-5 9999 1")).toEqual({ problem: "gpt-5 9999 1" });
});

test("another kind brings its usual address, and leaves one that was typed", () => {
  expect(withKind(emptyForm, "ollama").base_url).toBe(usualAddress.ollama);
  expect(withKind({ ...emptyForm, base_url: "https://gpu.example" }, "ollama").base_url).toBe("https://gpu.example");
});
