// What takes a while in memory: its number, how far it is, and whether somebody stopped it.

import type { TaskProgress } from "../types";
import type { Plain } from "./commands";

export class FakeTasks {
  #last = 0;
  readonly #stopped = new Set<number>();

  constructor(readonly tell: (progress: TaskProgress) => void) {}

  commands(): Pick<Plain, "newTask" | "cancelTask"> {
    return {
      newTask: () => {
        this.#last += 1;
        return this.#last;
      },
      cancelTask: (task) => {
        this.#stopped.add(task);
      },
    };
  }

  isStopped(task: number): boolean {
    return this.#stopped.has(task);
  }
}

export const passed = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
