// Quizzes and certificates in memory. Good enough to show the window; the rules and the scores are the host's.

import type {
  Applied,
  Certificate,
  CertificatePreview,
  LearnerQuiz,
  PreviewCertificate,
  Question,
  Quiz,
  QuizAnswer,
  QuizProblem,
  QuizSummary,
  SaveCertificate,
  SaveQuiz,
  ScoredQuiz,
  ScoreQuiz,
  StepQuiz,
  StepRef,
  WalkthroughId,
} from "../types";
import type { FakeLibrary } from "./library";

type Own = { quiz?: Quiz; certificate?: Certificate; order?: string };
let minted = 0;

const own = (metadata: string | null): Own => {
  const whole = JSON.parse(metadata ?? "{}") as { waymark?: Own };
  return whole.waymark ?? {};
};
const withOwn = (metadata: string | null, change: Own): string =>
  JSON.stringify({ ...(JSON.parse(metadata ?? "{}") as object), waymark: { ...own(metadata), ...change } });

export function quizCommands(library: FakeLibrary) {
  const stepOf = ({ walkthrough, step }: StepRef) =>
    library.entry(walkthrough).walkthrough.steps.find(({ id }) => id === step);
  return {
    listQuizzes: (id: WalkthroughId): QuizSummary[] =>
      library.entry(id).walkthrough.steps.flatMap((step) => {
        const { quiz } = own(step.metadata);
        return quiz ? [{ step: step.id, questions: quiz.questions.length, required: quiz.required }] : [];
      }),
    readQuiz: (input: StepRef): StepQuiz => {
      const { quiz } = own(stepOf(input)?.metadata ?? null);
      if (!quiz) return { quiz: null, problems: [], learner: null, unreadable: null };
      return { quiz, problems: problemsOf(quiz), learner: learnerOf(quiz), unreadable: null };
    },
    saveQuiz: ({ walkthrough, step, quiz }: SaveQuiz): Applied => {
      const before = stepOf({ walkthrough, step })?.metadata ?? null;
      const metadata = quiz ? withOwn(before, { quiz: withIds(quiz) }) : null;
      return library.applyWhole(walkthrough, { edit: "set_step_metadata", step, metadata });
    },
    scoreQuiz: ({ answers, kept, ...input }: ScoreQuiz): ScoredQuiz => {
      const quiz = own(stepOf(input)?.metadata ?? null).quiz;
      const questions = (quiz?.questions ?? []).map((question) => {
        const is_right = isRight(question, answers[question.id]);
        const score = is_right ? question.points : 0;
        const { id, explanation } = question;
        return { question: id, is_answered: answers[id] !== undefined, is_right, score, explanation };
      });
      const score = questions.reduce((sum, marked) => sum + marked.score, 0);
      const max_score = (quiz?.questions ?? []).reduce((sum, { points }) => sum + points, 0);
      const passed = max_score > 0 && 100 * score >= (quiz?.pass_mark ?? 70) * max_score;
      const best = kept && kept.score * max_score >= score * kept.max_score ? kept : { score, max_score };
      return {
        attempt: { score, max_score, passed, questions },
        kept: {
          score: best.score,
          max_score: best.max_score,
          attempts: (kept?.attempts ?? 0) + 1,
          passed: passed || (kept?.passed ?? false),
        },
      };
    },
    previewCertificate: ({ walkthrough, certificate }: PreviewCertificate): CertificatePreview => {
      const draft = library.entry(walkthrough).walkthrough;
      const none = {
        enabled: false,
        threshold: null,
        difficulty: null,
        duration_minutes: null,
        title: null,
        body: null,
      };
      const shown = certificate ?? own(draft.metadata).certificate ?? { ...none, extra: [] };
      const title = (shown.title ?? "Certificate of completion").replace(/[<&]/g, "");
      return {
        certificate: shown,
        unreadable: null,
        problems: shown.body?.includes("{grade}")
          ? [{ field: "body", message: "The certificate has no `{grade}`." }]
          : [],
        svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1123 794" text-anchor="middle"><rect width="1123" height="794" fill="#fcfbf9"/><text x="561" y="220" font-size="40" font-weight="600" fill="#1d1f1e">${title}</text><text x="561" y="340" font-size="34" fill="#1d1f1e">Alex Morgan</text></svg>`,
        defaults: {
          title: "Certificate of completion",
          body: "This is to certify that\n{learner}\nhas completed\n{walkthrough}",
          threshold: 95,
          duration_minutes: draft.estimated_duration_minutes,
          variables: [
            ["learner", "the learner's name"],
            ["walkthrough", "the walkthrough's title"],
            ["date", "the day on which it was earned"],
          ],
        },
      };
    },
    saveCertificate: ({ walkthrough, certificate }: SaveCertificate): Applied => {
      const metadata = withOwn(library.entry(walkthrough).walkthrough.metadata, certificate ? { certificate } : {});
      return library.applyWhole(walkthrough, { edit: "set_metadata", metadata });
    },
  };
}

function withIds(quiz: Quiz): Quiz {
  const id = (known: string, prefix: string) => {
    minted += 1;
    return known || `${prefix}${minted}`;
  };
  const questions = quiz.questions.map((question): Question => {
    const { task } = question;
    const named =
      "options" in task ? { options: task.options.map((each) => ({ ...each, id: id(each.id, "o_") })) } : {};
    return { ...question, id: id(question.id, "q_"), task: { ...task, ...named } as Question["task"] };
  });
  return { ...quiz, questions };
}

function learnerOf(quiz: Quiz): LearnerQuiz {
  return {
    required: quiz.required,
    pass_mark: quiz.pass_mark ?? 70,
    max_score: quiz.questions.reduce((sum, { points }) => sum + points, 0),
    questions: quiz.questions.map(({ id, prompt, points, task }) => ({
      id,
      prompt,
      points,
      task:
        "options" in task
          ? { kind: task.kind, options: task.options.map(({ id: name, text }) => ({ id: name, text })) }
          : { kind: task.kind },
    })),
  };
}

function problemsOf(quiz: Quiz): QuizProblem[] {
  return quiz.questions.flatMap((question, index) => {
    const place = `$.questions[${index}]`;
    const { task } = question;
    const hasRight =
      "options" in task
        ? task.options.some(({ correct }) => correct)
        : task.kind === "true_false"
          ? task.answer !== null
          : task.accepted.some((text) => text.trim() !== "");
    const number = `Question ${index + 1}`;
    const found: QuizProblem[] = [];
    if (question.prompt.trim() === "")
      found.push({
        fault: "no_prompt",
        question: index,
        place: `${place}.prompt`,
        message: `${number} asks nothing.`,
        hint: "Write the question.",
      });
    if (!hasRight)
      found.push({
        fault: "no_right_answer",
        question: index,
        place,
        message: `${number} has no right answer.`,
        hint: "Say which answer is right.",
      });
    return found;
  });
}

function isRight({ task }: Question, answer: QuizAnswer | undefined): boolean {
  if ("options" in task) {
    const right = task.options.filter(({ correct }) => correct).map(({ id }) => id);
    const said = Array.isArray(answer) ? answer : [answer];
    return right.length > 0 && right.length === said.length && right.every((id) => said.includes(id));
  }
  if (task.kind === "true_false") return task.answer === answer;
  return typeof answer === "string" && task.accepted.some((text) => text.toLowerCase() === answer.trim().toLowerCase());
}
