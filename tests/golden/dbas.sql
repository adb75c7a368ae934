--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';

CREATE TABLE arguments (
    uid integer NOT NULL,
    premisesgroup_uid integer,
    conclusion_uid integer,
    argument_uid integer
);

COPY arguments (uid, premisesgroup_uid, conclusion_uid, argument_uid, is_supportive, author_uid, "timestamp", issue_uid, is_disabled) FROM stdin;
1	1	1	\N	t	2	2019-03-02 08:00:05	1	f
2	2	1	\N	f	3	2019-03-02 08:00:06	1	f
3	3	\N	1	f	3	2019-03-02 08:00:07	1	f
4	4	1	\N	t	3	2019-03-02 08:00:08	1	t
\.

COPY issues (uid, title, slug, info, long_info, date, author_uid, lang_uid, is_disabled) FROM stdin;
1	A bench at the bus stop	a-bench-at-the-bus-stop	Does the stop need a bench?\nPlease discuss.		2019-03-02 08:00:00	2	1	f
\.

COPY premises (uid, premisesgroup_uid, statement_uid, is_negated, author_uid, "timestamp", issue_uid, is_disabled) FROM stdin;
1	1	2	f	2	2019-03-02 08:00:01	1	f
2	1	3	f	2	2019-03-02 08:00:01	1	f
3	2	4	f	2	2019-03-02 08:00:01	1	f
4	3	5	f	2	2019-03-02 08:00:01	1	f
5	4	6	f	2	2019-03-02 08:00:01	1	f
\.

COPY statements (uid, is_startpoint, issue_uid, is_disabled) FROM stdin;
1	t	1	f
2	f	1	f
3	f	1	f
4	f	1	f
5	f	1	f
6	f	1	t
\.

COPY textversions (uid, statement_uid, content, author_uid, "timestamp", is_disabled) FROM stdin;
1	1	the stop needs a bench	2	2019-03-02 08:00:01	f
2	2	people wait there for long	2	2019-03-02 08:00:02	f
3	3	standing for long is hard	2	2019-03-02 08:00:03	f
4	4	the pavement is too narrow	3	2019-03-02 08:00:04	f
5	5	the bus comes every six minutes	3	2019-03-02 08:00:05	f
6	6	benches are green	1	2019-03-02 08:00:06	f
7	4	the pavement is too narrow for prams and a bench	2	2019-03-02 08:00:09	f
\.

COPY users (uid, firstname, surname, nickname, public_nickname, password) FROM stdin;
1	anonymous	anonymous	anonymous	anonymous	
2	Wil	Osk	wil	Wilma	
3	Per	Ard	per	Perry	
\.
