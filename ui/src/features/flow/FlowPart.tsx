// The flow of a walkthrough: as a graph, or as a list for whoever has no use for a picture.

import { IconListDetails, IconSitemap } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useId, useMemo, useRef, useState } from "react";
import { type Flow, type FlowOrder, type FlowStep, queries, useOpenPart } from "../../ipc";
import { type Stored, stored, useStored } from "../../lib/stored";
import { useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import type { Point } from "../../ui/Menu";
import { Failure } from "../../ui/Notice";
import { Select } from "../../ui/Select";
import { Tabs } from "../../ui/Tabs";
import { FlowList } from "./FlowList";
import { type AskedStep, FlowMenu } from "./FlowMenu";
import styles from "./flow.module.css";
import { LinkDialog } from "./LinkDialog";
import { SelectedStep } from "./SelectedStep";
import { strings } from "./strings";
import { useFlow, useFlowActions } from "./use-flow";
import { byId, summary } from "./words";

const FlowGraph = lazy(() => import("./FlowGraph").then((module) => ({ default: module.FlowGraph })));

type View = "graph" | "list";
const isView = (value: unknown): value is View => value === "graph" || value === "list";
const shownAs: Stored<View> = stored<View>("flow-view", "graph", isView);

export function FlowPart() {
  const { data, error, refetch } = useFlow();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return data ? <ShownFlow flow={data} /> : <div className={styles.part} />;
}

function ShownFlow({ flow }: { flow: Flow }) {
  const { walkthrough, step, openFlow, openStep } = useOpenPart();
  const quizzes = useQuery(queries.quizzes(walkthrough.id)).data;
  const withQuiz = useMemo(() => new Set(quizzes?.map((quiz) => quiz.step)), [quizzes]);
  const [view, setView] = useStored(shownAs);
  const [linking, setLinking] = useState<FlowStep | null>(null);
  const [asked, setAsked] = useState<AskedStep | null>(null);
  const actions = useFlowActions(flow);
  const steps = useMemo(() => byId(flow), [flow]);
  const { straighten } = actions;
  useActions(
    useMemo(
      () => [
        { id: "straighten-flow", label: strings.straightenAll, run: () => straighten(null) },
        { id: "flow-graph", label: strings.showGraph, run: () => setView("graph") },
        { id: "flow-list", label: strings.showList, run: () => setView("list") },
      ],
      [straighten, setView],
    ),
  );
  const selected = (step && steps.get(step.id)) ?? flow.steps[0] ?? null;
  const { text, isBad } = summary(flow);
  const shared = {
    flow,
    steps,
    selected,
    withQuiz,
    actions,
    onSelect: (id: string) => openFlow(id),
    onOpen: openStep,
    onLink: setLinking,
    onAsk: (asked: FlowStep, at: Point) => {
      openFlow(asked.id);
      setAsked({ step: asked, at });
    },
  };
  const body = useRef<HTMLDivElement>(null);
  const closeMenu = () => {
    setAsked(null);
    body.current?.querySelector<HTMLElement>("[data-pane-focus]")?.focus();
  };
  return (
    <div className={styles.part}>
      <div className={styles.bar}>
        <h2>{strings.flow}</h2>
        <Tabs
          label={strings.view}
          value={view}
          onChoose={setView}
          tabs={[
            { value: "graph", label: strings.graph },
            { value: "list", label: strings.list },
          ]}
        />
        <span className={styles.spring} />
        <OrderChoice order={flow.order} onChoose={actions.setOrder} />
        <Button variant="quiet" onClick={() => actions.straighten(null)}>
          {strings.straightenAll}
        </Button>
      </div>
      <p className={isBad ? styles.bad : styles.state}>
        {view === "graph" ? (
          <IconSitemap size={14} stroke={1.75} aria-hidden />
        ) : (
          <IconListDetails size={14} stroke={1.75} aria-hidden />
        )}
        {flow.steps.length === 0 ? strings.empty : text}
      </p>
      <p className="visually-hidden" role="status">
        {actions.said}
      </p>
      <div ref={body} className={styles.body}>
        {view === "list" ? (
          <FlowList {...shared} />
        ) : (
          <Suspense fallback={null}>
            <FlowGraph {...shared} />
          </Suspense>
        )}
      </div>
      {selected && <SelectedStep {...shared} step={selected} />}
      {asked && <FlowMenu asked={asked} view={shared} onClose={closeMenu} />}
      {linking && (
        <LinkDialog
          from={linking}
          flow={flow}
          onChoose={(to) => {
            setLinking(null);
            actions.link(linking, to);
          }}
          onClose={() => setLinking(null)}
        />
      )}
    </div>
  );
}

const orders: readonly FlowOrder[] = ["display", "linked"];

function OrderChoice({ order, onChoose }: { order: FlowOrder; onChoose: (order: FlowOrder) => void }) {
  const id = useId();
  return (
    <div className={styles.order}>
      <label htmlFor={id}>{strings.order}</label>
      <Select
        id={id}
        isSmall
        value={order}
        choices={orders.map((value) => ({ value, label: strings.orders[value] }))}
        onChoose={onChoose}
      />
    </div>
  );
}
