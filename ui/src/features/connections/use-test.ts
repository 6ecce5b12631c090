// Trying a connection: the same for a saved one and for one that is being typed.

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { asWaymarkError, commands, keys, type Password } from "../../ipc";
import { asInput, type FormState } from "./form";
import type { Outcome } from "./layers";

export function useTest() {
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const latest = useRef(0);
  const run = async (form: FormState, password: Password): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    setIsRunning(true);
    const found = await commands
      .testConnection({ connection: asInput(form), password })
      .then((report): Outcome => ({ report }))
      .catch((error): Outcome => ({ error: asWaymarkError(error) }));
    if (mine !== latest.current) return;
    setIsRunning(false);
    setOutcome(found);
    if ("report" in found && form.id !== null) void client.invalidateQueries({ queryKey: keys.servers(form.id) });
  };
  const forget = () => {
    latest.current += 1;
    setIsRunning(false);
    setOutcome(null);
  };
  return { outcome, isRunning, run, forget };
}
