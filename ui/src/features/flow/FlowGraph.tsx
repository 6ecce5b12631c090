// The graph: one stop for Tab, keys choose and change; a link is drawn from the lower edge of a step to another step.

import "@xyflow/react/dist/base.css";
import { IconFocusCentered, IconMinus, IconPlus } from "@tabler/icons-react";
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useEffect, useId, useMemo, useRef } from "react";
import { IconButton } from "../../ui/Button";
import { MissingBox, StepBox } from "./boxes";
import styles from "./flow.module.css";
import { draw, nodeSize, place, shapeOf } from "./graph";
import { press } from "./press";
import type { FlowView } from "./shared";
import { strings } from "./strings";
import { leads, notes } from "./words";

const nodeTypes = { step: StepBox, missing: MissingBox };
const readable = 0.9;
const rim = 12;
/** The graph is shown whole at first only where its words can still be read. */
const least = 0.8;

export function FlowGraph(view: FlowView) {
  return (
    <ReactFlowProvider>
      <Drawn {...view} />
    </ReactFlowProvider>
  );
}

function Drawn(view: FlowView) {
  const { flow, steps, selected, withQuiz, actions, onSelect, onOpen, onAsk } = view;
  const help = useId();
  const shape = shapeOf(flow);
  // biome-ignore lint/correctness/useExhaustiveDependencies: places depend on the shape alone.
  const places = useMemo(() => place(flow), [shape]);
  const drawn = useMemo(() => draw(flow, places, withQuiz), [flow, places, withQuiz]);
  const nodes = useMemo(
    () => drawn.nodes.map((node) => (node.id === selected?.id ? { ...node, selected: true } : node)),
    [drawn, selected?.id],
  );
  const said = selected
    ? [strings.number(selected.position), selected.title, leads(selected, steps), ...notes(selected)].join(", ")
    : "";
  useInView(selected?.id ?? null, places);
  return (
    <div
      className={styles.graph}
      role="application"
      aria-label={strings.graphLabel}
      aria-describedby={help}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself.
      tabIndex={0}
      data-pane-focus
      onKeyDown={(event) => press(event, view)}
    >
      <p id={help} className="visually-hidden">
        {strings.graphHelp}
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <ReactFlow
        nodes={nodes}
        edges={drawn.edges}
        nodeTypes={nodeTypes}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        nodesDraggable={false}
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        onlyRenderVisibleElements
        minZoom={0.08}
        maxZoom={1.6}
        connectionRadius={36}
        proOptions={{ hideAttribution: true }}
        isValidConnection={({ source, target }) => source !== target && steps.has(target)}
        onConnect={({ source, target }) => {
          const from = steps.get(source);
          if (from && from.next !== target) actions.link(from, target);
          else if (from?.link.kind === "none") actions.link(from, target);
          onSelect(source);
        }}
        onNodeClick={(_, node) => steps.has(node.id) && onSelect(node.id)}
        onNodeDoubleClick={(_, node) => steps.has(node.id) && onOpen(node.id)}
        onNodeContextMenu={(event, node) => {
          event.preventDefault();
          const step = steps.get(node.id);
          if (step) onAsk(step, { x: event.clientX, y: event.clientY });
        }}
        onEdgeClick={(_, edge) => onSelect(edge.source)}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line)" />
      </ReactFlow>
      <Zoom />
    </div>
  );
}

/** At first the chosen step at a size that can be read; then whatever is chosen comes into view. */
function useInView(id: string | null, places: ReadonlyMap<string, { x: number; y: number }>): void {
  const { setCenter, fitView, getZoom, getViewport } = useReactFlow();
  const isFirst = useRef(true);
  useEffect(() => {
    const at = id === null ? undefined : places.get(id);
    if (!at) return;
    const middle = { x: at.x + nodeSize.width / 2, y: at.y + nodeSize.height / 2 };
    const pane = document.querySelector(`.${styles.graph}`)?.getBoundingClientRect();
    if (isFirst.current && pane) {
      isFirst.current = false;
      const right = Math.max(...[...places.values()].map(({ x }) => x + nodeSize.width));
      const bottom = Math.max(...[...places.values()].map(({ y }) => y + nodeSize.height));
      if (right * least <= pane.width && bottom * least <= pane.height - 2 * rim) {
        void fitView({ padding: 0.06, minZoom: least, maxZoom: 1 });
        return;
      }
      // The first steps stand at the top, not in the middle of the pane.
      const y = Math.max(middle.y, pane.height / 2 / readable - rim);
      void setCenter(middle.x, y, { zoom: readable });
      return;
    }
    const { x, y, zoom } = getViewport();
    const left = at.x * zoom + x;
    const top = at.y * zoom + y;
    const isShown =
      pane &&
      left >= 0 &&
      top >= 0 &&
      left + nodeSize.width * zoom <= pane.width &&
      top + nodeSize.height * zoom <= pane.height;
    if (!isShown) void setCenter(middle.x, middle.y, { zoom: Math.max(getZoom(), 0.4) });
  }, [id, places, setCenter, fitView, getZoom, getViewport]);
}

function Zoom() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <div className={styles.zoom}>
      <IconButton label={strings.zoomIn} icon={IconPlus} onClick={() => void zoomIn()} />
      <IconButton label={strings.zoomOut} icon={IconMinus} onClick={() => void zoomOut()} />
      <IconButton
        label={strings.fit}
        icon={IconFocusCentered}
        onClick={() => void fitView({ padding: 0.08, maxZoom: 1 })}
      />
    </div>
  );
}
