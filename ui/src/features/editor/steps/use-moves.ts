import { useEffect, useRef, useState } from "react";
import type { Step } from "../../../ipc";
import { strings } from "../strings";

/** What to say when the current step has another place than before, or more steps are chosen. */
export function useMoves(steps: readonly Step[], current: string | null, chosen: number): string {
  const [said, setSaid] = useState("");
  const before = useRef<{ id: string | null; index: number; count: number }>({ id: null, index: -1, count: 0 });
  useEffect(() => {
    const index = steps.findIndex(({ id }) => id === current);
    const was = before.current;
    before.current = { id: current, index, count: steps.length };
    const step = steps[index];
    if (step && was.id === current && was.index !== index && was.count === steps.length) {
      setSaid(strings.moved(step.title, index + 1));
    }
  }, [steps, current]);
  useEffect(() => {
    if (chosen > 1) setSaid(strings.chosenSteps(chosen));
  }, [chosen]);
  return said;
}
