CREATE TABLE IF NOT EXISTS `freshet_prod`.`interactions` (
  `pseudonym` string,
  `event_id` string,
  `occurred_ns` bigint,
  `occurred_at` timestamp,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `type` string,
  `target_kind` string,
  `target_id` string,
  `strength` double,
  `value` double,
  `currency` string,
  `anonymous` boolean,
  `retracts` string,
  `recommendation_id` string,
  `placement` string,
  `arm` string,
  `segment` string,
  `model_version` bigint,
  `issued_at` timestamp,
  `position` int,
  `sources` int,
  `listed` array<string>,
  `session` string,
  `device` string,
  `os` string,
  `browser` string,
  `locale` string,
  `country` string,
  `region` string,
  `local_hour` int,
  `properties` map<string,string>,
  `shard` string,
  `sequence` string,
  `occurred_day` date)
PARTITIONED BY (occurred_day)
LOCATION 's3://LakeBucket/tables/interactions/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE TABLE IF NOT EXISTS `freshet_prod`.`exposures` (
  `pseudonym` string,
  `event_id` string,
  `occurred_ns` bigint,
  `occurred_at` timestamp,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `recommendation_id` string,
  `placement` string,
  `arm` string,
  `segment` string,
  `model_version` bigint,
  `places` array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>,
  `device` string,
  `country` string,
  `local_hour` int,
  `shard` string,
  `sequence` string,
  `occurred_day` date)
PARTITIONED BY (occurred_day)
LOCATION 's3://LakeBucket/tables/exposures/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE TABLE IF NOT EXISTS `freshet_prod`.`merges` (
  `pseudonym` string,
  `merged_into` string,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `shard` string,
  `sequence` string)
LOCATION 's3://LakeBucket/tables/merges/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE TABLE IF NOT EXISTS `freshet_prod`.`erasures` (
  `erased` string,
  `erasure_id` string,
  `erased_at` timestamp,
  `received_at` timestamp,
  `shard` string,
  `sequence` string)
LOCATION 's3://LakeBucket/tables/erasures/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE TABLE IF NOT EXISTS `freshet_prod`.`items` (
  `item_id` string,
  `version` bigint,
  `type` string,
  `item_group` string,
  `title` string,
  `tags` array<string>,
  `author` string,
  `published_at` timestamp,
  `valid_from` timestamp,
  `deleted` boolean)
LOCATION 's3://LakeBucket/tables/items/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE TABLE IF NOT EXISTS `freshet_prod`.`neighbours` (
  `job` string,
  `item_id` string,
  `neighbour_id` string,
  `weight` double,
  `people` int)
LOCATION 's3://LakeBucket/tables/neighbours/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE TABLE IF NOT EXISTS `freshet_prod`.`item_factors` (
  `job` string,
  `item_id` string,
  `vector` array<float>)
LOCATION 's3://LakeBucket/tables/item_factors/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE TABLE IF NOT EXISTS `freshet_prod`.`arrivals` (
  `kind` string,
  `transformed_at` timestamp,
  `pseudonym` string,
  `event_id` string,
  `occurred_ns` bigint,
  `occurred_at` timestamp,
  `corrected_at` timestamp,
  `received_at` timestamp,
  `type` string,
  `target_kind` string,
  `target_id` string,
  `strength` double,
  `value` double,
  `currency` string,
  `anonymous` boolean,
  `retracts` string,
  `recommendation_id` string,
  `placement` string,
  `arm` string,
  `segment` string,
  `model_version` bigint,
  `issued_at` timestamp,
  `position` int,
  `sources` int,
  `listed` array<string>,
  `session` string,
  `device` string,
  `os` string,
  `browser` string,
  `locale` string,
  `country` string,
  `region` string,
  `local_hour` int,
  `properties` map<string,string>,
  `shard` string,
  `sequence` string,
  `places` array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>,
  `merged_into` string,
  `erased` string,
  `erasure_id` string,
  `erased_at` timestamp)
PARTITIONED BY (day(received_at))
LOCATION 's3://LakeBucket/tables/arrivals/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd', 'optimize_rewrite_delete_file_threshold' = '1', 'vacuum_max_snapshot_age_seconds' = '86400', 'vacuum_max_metadata_files_to_keep' = '5');
CREATE EXTERNAL TABLE IF NOT EXISTS `freshet_prod`.`staged` (
  `kind` string,
  `transformed_at` bigint,
  `pseudonym` string,
  `event_id` string,
  `occurred_ns` bigint,
  `occurred_at` bigint,
  `corrected_at` bigint,
  `received_at` bigint,
  `type` string,
  `target_kind` string,
  `target_id` string,
  `strength` double,
  `value` double,
  `currency` string,
  `anonymous` boolean,
  `retracts` string,
  `recommendation_id` string,
  `placement` string,
  `arm` string,
  `segment` string,
  `model_version` bigint,
  `issued_at` bigint,
  `position` int,
  `sources` int,
  `listed` array<string>,
  `session` string,
  `device` string,
  `os` string,
  `browser` string,
  `locale` string,
  `country` string,
  `region` string,
  `local_hour` int,
  `properties` map<string,string>,
  `shard` string,
  `sequence` string,
  `places` array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>,
  `merged_into` string,
  `erased` string,
  `erasure_id` string,
  `erased_at` bigint)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://LakeBucket/staging/';
CREATE EXTERNAL TABLE IF NOT EXISTS `freshet_prod`.`copied_items` (
  `item_id` string,
  `version` bigint,
  `type` string,
  `item_group` string,
  `title` string,
  `tags` array<string>,
  `author` string,
  `published_at` bigint,
  `valid_from` bigint,
  `deleted` boolean)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://LakeBucket/catalogue/';
