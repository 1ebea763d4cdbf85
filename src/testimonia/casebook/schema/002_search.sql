-- Full-text search. The words are folded and cut by testimonia.casebook.words (Hangul and Han as overlapping
-- pairs), so the tokenizer has only to split at spaces: `ascii` does just that, where unicode61 would split
-- again at characters that are younger than its tables (Unicode 6.1). rowid is that of the passage.
CREATE VIRTUAL TABLE passage_words USING fts5 (words, tokenize = 'ascii');
INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', 1);
