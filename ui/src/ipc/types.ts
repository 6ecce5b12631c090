// The wire types, named and shaped as the host generates them.

export type WalkthroughId = string;
export type StepId = string;
export type ConnectionId = string;
/** Milliseconds since the Unix epoch. */
export type Millis = number;
/** Somebody else's JSON, to the letter, as text. */
export type FreeJson = string;

export type WalkthroughType = "course" | "installer" | "troubleshooting" | "integration" | "quickstart";
export type WalkthroughStatus = "draft" | "published" | "archived";
export type Field = "introduction_for_agent" | "context_for_agent" | "content_for_user" | "operations_for_agent";

export type FieldsV1 = {
  introduction_for_agent: string | null;
  context_for_agent: string | null;
  content_for_user: string | null;
  operations_for_agent: string | null;
  extra?: [string, FreeJson][];
};
export type ContentFields = ({ version: "v1" } & FieldsV1) | { version: "unknown"; json: FreeJson };

export type Step = {
  id: StepId;
  title: string;
  content_fields: ContentFields;
  display_order: number;
  next_step_id: StepId | null;
  created_at: Millis | null;
  updated_at: Millis | null;
  metadata: FreeJson | null;
};

export type Assignment = {
  id: string;
  server: string;
  display_order: number;
  is_enabled: boolean;
  created_at: Millis | null;
};

export type Walkthrough = {
  id: WalkthroughId;
  title: string;
  description: string | null;
  type: WalkthroughType;
  status: WalkthroughStatus;
  created_at: Millis | null;
  updated_at: Millis | null;
  estimated_duration_minutes: number | null;
  tags: string[];
  metadata: FreeJson | null;
  steps: Step[];
  assignments: Assignment[];
};

export type Draft = { walkthrough: Walkthrough; trashed_at: Millis | null };
export type Splice = { from: number; to: number; insert: string };

export type Edit =
  | { edit: "batch"; edits: Edit[] }
  | { edit: "set_title"; title: string }
  | { edit: "set_description"; description: string | null }
  | { edit: "set_type"; type: WalkthroughType }
  | { edit: "set_status"; status: WalkthroughStatus }
  | { edit: "set_duration"; minutes: number | null }
  | { edit: "set_tags"; tags: string[] }
  | { edit: "rename_step"; step: StepId; title: string }
  | { edit: "set_field"; step: StepId; field: Field; text: string | null }
  | { edit: "splice_field"; step: StepId; field: Field; splice: Splice }
  | { edit: "set_link"; step: StepId; next: StepId | null }
  | { edit: "remove_step"; step: StepId }
  | { edit: "move_step"; step: StepId; to: number }
  | { edit: "assign"; assignment: Assignment }
  | { edit: "unassign"; server: string };

export type Severity = "info" | "warning" | "error";
export type Finding = {
  rule: string;
  severity: Severity;
  walkthrough_id: WalkthroughId;
  step_id: StepId | null;
  field: Field | null;
  message: string;
  hint: string | null;
};

export type Segment = { text: string; field: Field | null };
export type FieldTokens = { field: Field; tokens: number };
export type TokenCount = { encoding: string; total: number; fields: FieldTokens[]; template: number };
export type StepPreview = { step: StepId; agent: Segment[]; tokens: TokenCount; user_html: string };

export type Connection = {
  id: ConnectionId;
  name: string;
  host: string;
  port: number;
  database: string;
  user: string;
  tls: "verify-full" | "verify-ca" | "require" | "disable";
  ca_file: string | null;
  organization: string;
  is_production: boolean;
  is_pgbouncer: boolean;
};
export type ServerInfo = { slug: string; name: string };
