// What is written about steps and servers as such: each is one write, and one undo takes it back.

import type { AssignServer, MoveSteps, StepId } from "../../ipc";
import type { DraftSession } from "./session";

export type Target = MoveSteps["to"];

export async function addStep(session: DraftSession, at: number, title: string): Promise<StepId> {
  let step = "";
  await session.write(async (walkthrough) => {
    const added = await session.host.addStep({ walkthrough, at, title });
    step = added.step;
    return added.applied;
  });
  return step;
}

export async function duplicateSteps(session: DraftSession, steps: StepId[]): Promise<StepId[]> {
  let copies: StepId[] = [];
  await session.write(async (walkthrough) => {
    const added = await session.host.duplicateSteps({ walkthrough, steps });
    copies = added.steps;
    return added.applied;
  });
  return copies;
}

export function moveSteps(session: DraftSession, steps: StepId[], to: Target): Promise<void> {
  return session.write((walkthrough, seen_version) => session.host.moveSteps({ walkthrough, steps, to, seen_version }));
}

export function removeSteps(session: DraftSession, steps: StepId[]): Promise<void> {
  return session.edit({ edit: "remove_steps", steps });
}

export function setSection(session: DraftSession, steps: StepId[], section: string | null): Promise<void> {
  return session.write((walkthrough, seen_version) =>
    session.host.setSection({ walkthrough, steps, section, seen_version }),
  );
}

export function assignServer(session: DraftSession, input: Omit<AssignServer, "walkthrough">): Promise<void> {
  return session.write((walkthrough) => session.host.assignServer({ walkthrough, ...input }));
}
