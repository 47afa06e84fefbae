// In place of Prism's grammars of languages in which the document has no sample.

export default {};
