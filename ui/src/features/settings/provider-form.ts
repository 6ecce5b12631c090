// The form of a provider: what it begins with, and models with their prices as lines of text.

import type { Model, Provider, ProviderForm, ProviderKind } from "../../ipc";

export const usualAddress: Record<ProviderKind, string> = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com",
  ollama: "http://localhost:11434",
};

export type FormState = Omit<ProviderForm, "models"> & { models: string };

export const emptyForm: FormState = {
  id: null,
  name: "",
  kind: "openai",
  base_url: usualAddress.openai,
  allows_plain_http: false,
  models: "",
};

export const formOf = (provider: Provider): FormState => ({ ...provider, models: linesOf(provider.models) });

/** Another kind has another address, unless somebody typed one. */
export function withKind(form: FormState, kind: ProviderKind): FormState {
  const isUsual = form.base_url.trim() === "" || Object.values(usualAddress).includes(form.base_url);
  return { ...form, kind, base_url: isUsual ? usualAddress[kind] : form.base_url };
}

const amount = (micros: number): string => String(micros / 1_000_000);

function linesOf(models: Model[]): string {
  return models
    .map(({ name, price }) =>
      price ? [name, amount(price.input_micros), amount(price.output_micros), price.currency].join(" ") : name,
    )
    .join("\n");
}

const line = /^(\S+)(?:\s+(\d{1,4}(?:\.\d{1,6})?)\s+(\d{1,4}(?:\.\d{1,6})?)(?:\s+([A-Za-z]{1,10}))?)?$/;
const micros = (text: string): number => Math.round(Number(text) * 1_000_000);
const most = 4_294_000_000;

/** The models that the lines name, or the first line that names none. */
export function modelsOf(text: string): { models: Model[] } | { problem: string } {
  const models: Model[] = [];
  for (const written of text.split("\n").map((one) => one.trim())) {
    if (written === "") continue;
    const [, name, input, output, currency = "USD"] = line.exec(written) ?? [];
    if (name === undefined) return { problem: written };
    if (input === undefined || output === undefined) {
      models.push({ name, price: null });
      continue;
    }
    const price = { input_micros: micros(input), output_micros: micros(output), currency };
    if (price.input_micros > most || price.output_micros > most) return { problem: written };
    models.push({ name, price });
  }
  return { models };
}
