// Made-up walkthroughs of a made-up company, to show the window with.

import type { Step, Walkthrough, WalkthroughStatus, WalkthroughType } from "../types";
import { gettingStarted, type StepTexts } from "./texts";

const day = 86_400_000;

export function makeStep(id: string, index: number, texts: StepTexts): Step {
  return {
    id,
    title: texts.title,
    content_fields: {
      version: "v1",
      introduction_for_agent: texts.introduction ?? null,
      context_for_agent: texts.context ?? null,
      content_for_user: texts.user ?? null,
      operations_for_agent: texts.operations ?? null,
      extra: [],
    },
    display_order: index + 1,
    next_step_id: null,
    created_at: 0,
    updated_at: 0,
    metadata: null,
  };
}

type Seed = {
  id: string;
  title: string;
  type: WalkthroughType;
  status?: WalkthroughStatus;
  servers?: string[];
  tags?: string[];
  steps: StepTexts[];
  editedAt: number;
};

export function makeWalkthrough(seed: Seed): Walkthrough {
  return {
    id: seed.id,
    title: seed.title,
    description: null,
    type: seed.type,
    status: seed.status ?? "draft",
    created_at: seed.editedAt - 30 * day,
    updated_at: seed.editedAt,
    estimated_duration_minutes: null,
    tags: seed.tags ?? [],
    metadata: null,
    steps: seed.steps.map((texts, index) => makeStep(`wts_${seed.id.slice(3)}${index}`, index, texts)),
    assignments: (seed.servers ?? []).map((server, index) => ({
      id: `msw_${seed.id.slice(3)}${index}`,
      server,
      display_order: index + 1,
      is_enabled: true,
      created_at: null,
    })),
  };
}

const plain = (count: number, name: string): StepTexts[] =>
  Array.from({ length: count }, (_, index) => ({
    title: `${name} ${index + 1}`,
    introduction: "The user has what the next step needs. Done when the command prints no error.",
    context: index % 4 === 0 ? undefined : "The agent may run commands in the project folder.",
    user: `## ${name} ${index + 1}\n\nOne thing at a time. Run the command and read what it prints.\n\n\`\`\`bash\nacme status\n\`\`\`\n`,
    operations: index % 3 === 0 ? undefined : "1. Run `acme status`.\n2. Show the line for this project.",
  }));

export function sampleLibrary(now: number): Walkthrough[] {
  return [
    makeWalkthrough({
      id: "wt_start001",
      title: "Getting started with Acme",
      type: "quickstart",
      status: "published",
      servers: ["docs", "cli"],
      tags: ["onboarding"],
      steps: gettingStarted,
      editedAt: now - 90_000,
    }),
    makeWalkthrough({
      id: "wt_kuber001",
      title: "Install the Acme agent on Kubernetes",
      type: "installer",
      status: "published",
      servers: ["docs"],
      steps: plain(14, "Prepare the cluster, part").map((step) => ({
        ...step,
        operations: step.operations ?? "1. Ask first.",
      })),
      editedAt: now - day,
    }),
    makeWalkthrough({
      id: "wt_hangs001",
      title: "Builds hang at 99 %",
      type: "troubleshooting",
      steps: plain(6, "Narrow it down"),
      editedAt: now - 3 * day,
    }),
    makeWalkthrough({
      id: "wt_chatb001",
      title: "Send build events to your chat",
      type: "integration",
      status: "published",
      servers: ["docs", "support"],
      steps: plain(8, "Connect the chat").map((step) => ({
        ...step,
        context: "The hook is signed.",
        operations: "1. Ask first.",
      })),
      editedAt: now - 9 * day,
    }),
    makeWalkthrough({
      id: "wt_monol001",
      title: "From monolith to preview environments: the long course for platform teams",
      type: "course",
      steps: plain(23, "Lesson").map((step, index) => (index % 5 === 4 ? { ...step, user: undefined } : step)),
      editedAt: now - 12 * day,
    }),
    makeWalkthrough({
      id: "wt_deploy01",
      title: "First deploy in five minutes",
      type: "quickstart",
      status: "archived",
      servers: ["cli"],
      steps: plain(5, "Deploy"),
      editedAt: now - 400 * day,
    }),
  ];
}

export function largeLibrary(now: number): Walkthrough[] {
  const types: WalkthroughType[] = ["course", "installer", "troubleshooting", "integration", "quickstart"];
  const long = "A title as long as the platform allows, which is one hundred characters and not a single one more..";
  const huge = makeWalkthrough({
    id: "wt_huge0001",
    title: "Five hundred steps",
    type: "course",
    steps: plain(500, "Step with a number"),
    editedAt: now,
  });
  const titled = (index: number) =>
    index % 40 === 7 ? `${long.slice(0, 95)} ${index}` : `Walkthrough number ${index}`;
  return [
    huge,
    ...Array.from({ length: 1200 }, (_, index) =>
      makeWalkthrough({
        id: `wt_many${index}`,
        title: titled(index),
        type: types[index % 5] ?? "course",
        steps: plain(index % 7, "Step"),
        status: index % 3 === 0 ? "published" : "draft",
        servers: index % 2 ? ["docs"] : [],
        editedAt: now - index * 3_600_000,
      }),
    ),
  ];
}

export function exampleLibrary(now: number): Walkthrough[] {
  return sampleLibrary(now)
    .slice(0, 3)
    .map((walkthrough) => ({ ...walkthrough, id: `${walkthrough.id}x`, status: "draft", assignments: [] }));
}
