// Where everything stands in the graph. Which way leads where is the host's answer; here are places and looks only.

import { Graph, layout } from "@dagrejs/dagre";
import { type Edge, MarkerType, type Node } from "@xyflow/react";
import type { Flow, FlowStep } from "../../ipc";

export const nodeSize = { width: 248, height: 62 };

export type StepNode = Node<{ step: FlowStep; isLinkedOrder: boolean; hasQuiz: boolean }, "step">;
export type MissingNode = Node<{ id: string }, "missing">;
export type FlowNode = StepNode | MissingNode;
export type Look = "plain" | "jump" | "implied" | "bad";
export type FlowEdge = Edge & { pathOptions?: { offset: number; borderRadius: number } };

export type Placed = { nodes: FlowNode[]; edges: FlowEdge[] };

const missingId = (step: FlowStep) => `missing ${step.id}`;

/** Places only depend on which way leads where: titles and marks may change without anything moving. */
export function shapeOf({ steps }: Flow): string {
  return steps.map(({ id, next, link }) => `${id}>${link.kind === "dangling" ? "?" : ""}${next ?? ""}`).join(" ");
}

type Point = { x: number; y: number };

export function place({ steps }: Flow): Map<string, Point> {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 34, marginx: 24, marginy: 24, ranker: "longest-path" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of steps) graph.setNode(id, { ...nodeSize });
  for (const step of steps) {
    if (step.next !== null) graph.setEdge(step.id, step.next, { weight: step.link.kind === "jump" ? 1 : 4 });
    if (step.link.kind === "dangling") {
      graph.setNode(missingId(step), { ...nodeSize });
      graph.setEdge(step.id, missingId(step), { weight: 1 });
    }
  }
  layout(graph);
  return new Map(
    graph.nodes().map((id) => {
      const { x, y } = graph.node(id);
      return [id, { x: (x ?? 0) - nodeSize.width / 2, y: (y ?? 0) - nodeSize.height / 2 }];
    }),
  );
}

export function draw(flow: Flow, places: Map<string, Point>, quizzes: ReadonlySet<string>): Placed {
  const at = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  const isLinkedOrder = flow.order === "linked";
  const nodes: FlowNode[] = [];
  const edges: FlowEdge[] = [];
  for (const step of flow.steps) {
    const common = { ...nodeSize, draggable: false, deletable: false };
    const data = { step, isLinkedOrder, hasQuiz: quizzes.has(step.id) };
    nodes.push({ id: step.id, type: "step", position: at(step.id), data, ...common });
    if (step.link.kind === "dangling") {
      const id = missingId(step);
      nodes.push({ id, type: "missing", position: at(id), data: { id: step.link.to }, connectable: false, ...common });
      edges.push(edge(step, id, "bad"));
    }
    if (step.next !== null && step.link.kind !== "dangling") {
      const isBack = at(step.next).y <= at(step.id).y;
      edges.push(edge(step, step.next, lookOf(step), isBack));
    }
  }
  return { nodes, edges };
}

function lookOf({ link, closes_circle }: FlowStep): Look {
  if (closes_circle) return "bad";
  if (link.kind === "plain") return "plain";
  return link.kind === "jump" ? "jump" : "implied";
}

const colors: Record<Look, string> = {
  plain: "var(--text-faint)",
  jump: "var(--accent)",
  implied: "color-mix(in srgb, var(--text-faint) 65%, transparent)",
  bad: "var(--danger)",
};

/** A way back goes around the steps, from side to side. */
function edge(step: FlowStep, target: string, look: Look, isBack = false): FlowEdge {
  return {
    id: `${step.id} ${target}`,
    source: step.id,
    target,
    type: isBack || look === "implied" || look === "plain" ? "smoothstep" : "default",
    sourceHandle: isBack ? "side-out" : "out",
    targetHandle: isBack ? "side-in" : "in",
    ...(isBack ? { pathOptions: { offset: 26, borderRadius: 10 } } : {}),
    className: look,
    focusable: false,
    deletable: false,
    markerEnd: { type: MarkerType.ArrowClosed, color: colors[look], width: 16, height: 16 },
    style: {
      stroke: colors[look],
      strokeWidth: look === "jump" || look === "bad" ? 2 : 1.5,
      ...(look === "implied" ? { strokeDasharray: "4 5" } : {}),
    },
  };
}
