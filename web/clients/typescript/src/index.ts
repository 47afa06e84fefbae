import { Http, type Options, settings } from './http.js';
import { Operations } from './operations.js';
import { EventQueue } from './queue.js';

export type { Options } from './http.js';
export type * from './operations.js';
export { FreshetProblem } from './problem.js';
export { EventQueue, QueueFull } from './queue.js';

/** A client of one stack. Each operation of the API is a method, named by its `operationId`; events go through a queue. */
export class Freshet extends Operations {
  /** The queue of events; close it before the process ends. */
  readonly events: EventQueue;
  readonly #http: Http;

  constructor(options: Options) {
    super();
    const checked = settings(options);
    this.#http = new Http(checked);
    this.events = new EventQueue(this.#http, checked);
  }

  protected override call<Result>(method: string, path: string, body?: unknown, query?: object): Promise<Result> {
    return this.#http.call(method, path, body, query) as Promise<Result>;
  }
}
