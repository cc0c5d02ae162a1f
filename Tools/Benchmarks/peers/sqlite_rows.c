// sqlite_rows SOURCE TARGET: writes the requests of the record SOURCE again, by SQLite's C functions alone.
//
// The rows are read into memory first, which is not timed. Then, as simcoord does: one prepared statement of 22
// columns, a transaction for each 8192 rows, synchronous = OFF, journal_mode = TRUNCATE. Prints the rows and the
// seconds from opening the record to closing it.

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 22, BATCH = 8192 };

// A value: an integer, a text (not null), or nothing.
typedef struct {
    int64_t number;
    const char *text;
    int kind;
} Value;

static sqlite3 *open_database(const char *path) {
    // Without SQLite's own locks, as simcoord opens it: they cost a tenth.
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    sqlite3 *database;
    if (sqlite3_open_v2(path, &database, flags, NULL) != SQLITE_OK) {
        fprintf(stderr, "sqlite_rows: %s: %s\n", path, sqlite3_errmsg(database));
        exit(2);
    }
    return database;
}

static void execute(sqlite3 *database, const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "sqlite_rows: %s: %s\n", sql, sqlite3_errmsg(database));
        exit(2);
    }
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "sqlite_rows: %s: %s\n", sql, sqlite3_errmsg(database));
        exit(2);
    }
    return statement;
}

// One copy of each text, since a run has few.
static const char *shared(const char *text) {
    static const char *texts[256];
    static int count;
    for (int i = 0; i < count; i++)
        if (strcmp(texts[i], text) == 0) return texts[i];
    if (count == 256) {
        fprintf(stderr, "sqlite_rows: more than 256 different texts\n");
        exit(2);
    }
    return texts[count++] = strdup(text);
}

static Value *read_rows(sqlite3 *source, size_t *rows) {
    sqlite3_stmt *all = prepare(source, "SELECT * FROM requests ORDER BY rowid");
    size_t capacity = 1 << 16;
    Value *values = malloc(capacity * COLUMNS * sizeof *values);
    for (*rows = 0; sqlite3_step(all) == SQLITE_ROW; ++*rows) {
        if (*rows == capacity) values = realloc(values, (capacity *= 2) * COLUMNS * sizeof *values);
        for (int column = 0; column < COLUMNS; column++) {
            Value *value = &values[*rows * COLUMNS + column];
            value->kind = sqlite3_column_type(all, column);
            value->number = sqlite3_column_int64(all, column);
            value->text = value->kind == SQLITE_TEXT ? shared((const char *)sqlite3_column_text(all, column)) : NULL;
        }
    }
    sqlite3_finalize(all);
    return values;
}

static char *schema(sqlite3 *source) {
    sqlite3_stmt *statement = prepare(source, "SELECT sql FROM sqlite_master WHERE name = 'requests'");
    if (sqlite3_step(statement) != SQLITE_ROW) {
        fprintf(stderr, "sqlite_rows: there is no table of requests\n");
        exit(2);
    }
    char *sql = strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return sql;
}

static void insert(sqlite3 *database, sqlite3_stmt *insertion, const Value *row) {
    for (int column = 0; column < COLUMNS; column++) {
        const Value *value = &row[column];
        if (value->kind == SQLITE_INTEGER) sqlite3_bind_int64(insertion, column + 1, value->number);
        else if (value->kind == SQLITE_TEXT) sqlite3_bind_text(insertion, column + 1, value->text, -1, SQLITE_STATIC);
        else sqlite3_bind_null(insertion, column + 1);
    }
    if (sqlite3_step(insertion) != SQLITE_DONE) {
        fprintf(stderr, "sqlite_rows: %s\n", sqlite3_errmsg(database));
        exit(2);
    }
    sqlite3_reset(insertion);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: sqlite_rows SOURCE TARGET\n");
        return 2;
    }
    sqlite3 *source = open_database(arguments[1]);
    size_t rows;
    Value *values = read_rows(source, &rows);
    remove(arguments[2]);
    double start = seconds();
    sqlite3 *target = open_database(arguments[2]);
    execute(target, "PRAGMA synchronous = OFF");
    execute(target, "PRAGMA journal_mode = TRUNCATE");
    execute(target, schema(source));
    sqlite3_stmt *insertion =
        prepare(target, "INSERT INTO requests VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    for (size_t row = 0; row < rows; row++) {
        if (row % BATCH == 0) execute(target, "BEGIN");
        insert(target, insertion, &values[row * COLUMNS]);
        if (row % BATCH == BATCH - 1 || row == rows - 1) execute(target, "COMMIT");
    }
    sqlite3_finalize(insertion);
    sqlite3_close(target);
    printf("%zu %.6f\n", rows, seconds() - start);
    sqlite3_close(source);
    return 0;
}
