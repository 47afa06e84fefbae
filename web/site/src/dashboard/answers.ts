// What the routes under /v1/insights answer, as far as the pages use it.

export interface Check {
  check: string;
  ok: boolean;
  sentence: string;
}

export interface DayFigures {
  day: string;
  lists: number;
  listsClicked: number;
  clicks: number;
  conversions: number;
  unseenClicks: number;
}

export interface Overview {
  model: { version: number; madeAt?: string; newestEvent?: string; items: number; beyondBounds: number };
  events: { total: number; byType: Record<string, number>; perMinute?: number };
  samples: { at: string; events: number }[];
  days: DayFigures[];
  mostRead: { hourFrom?: string; items: { itemId: string; title?: string; users: number; usersBefore: number }[] };
  healthy: Check[];
}

export interface OutcomeRow {
  day?: string;
  placement?: string;
  arm?: string;
  source?: string;
  position?: number;
  lists?: number;
  listsClicked?: number;
  places: number;
  clicks: number;
  conversions: number;
  revenue?: Record<string, number>;
  revenuePerThousandLists?: Record<string, number>;
  final: boolean;
}

export interface Outcomes {
  from: string;
  to: string;
  rows: OutcomeRow[];
  unseenClicks: number;
  asOf: { modelVersion: number; newestEvent: string };
}

export interface KnownExperiments {
  experiments: { id: string; version: number; status: 'draft' | 'running' | 'stopped'; holdout: boolean }[];
}

export interface Comparison {
  metric: string;
  control?: number;
  arm?: number;
  difference?: number;
  interval?: [number, number];
  lift?: [number, number];
}

export interface ExperimentResults {
  id: string;
  version: number;
  status: string;
  conclusion: string;
  sentence: string;
  control: string;
  plannedUsers: number;
  enrolled: number;
  users: Record<string, number>;
  split: { alarm: boolean; chiSquareP?: number };
  crossed: number;
  crossedWarning: boolean;
  arms: {
    arm: string;
    conclusion: string;
    primary?: Comparison;
    guardrails: (Comparison & { state: string })[];
    secondary: (Comparison & { discovered: boolean })[];
  }[];
  asOf: { modelVersion: number; newestEvent: string };
}
