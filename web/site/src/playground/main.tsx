import { render } from 'preact';
import { Api } from '../api';
import { Keys, playgroundKey, takeFromAddress } from '../key';
import { KeyDialog } from '../KeyDialog';
import { applyTheme } from '../theme';
import { App } from './App';

applyTheme();
const keys = new Keys(playgroundKey, sessionStorage);
takeFromAddress(keys);
const app = document.getElementById('app') as HTMLElement;
app.replaceChildren(); // what was told while this script was loaded

render(
  <>
    <App api={new Api(keys)} />
    <KeyDialog keys={keys}>
      This page calls the API with a publishable key (fpk_…). <code>./freshet up</code> prints one; <code>./freshet demo</code> prints this page’s
      address with it.
    </KeyDialog>
  </>,
  app,
);
