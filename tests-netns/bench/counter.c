#include "counter.h"

#include "bench.h"
#include "frame.h"

#include <linux/bpf.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The instruction set of BPF as assembler, so that no compiler for it is needed (Documentation/bpf/instruction-set). */
#define INSN(c, d, s, o, i) ((struct bpf_insn){.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i)})
#define LOAD(size, dst, src, off) INSN(BPF_LDX | (size) | BPF_MEM, dst, src, off, 0)
#define MOVE(dst, src) INSN(BPF_ALU64 | BPF_MOV | BPF_X, dst, src, 0, 0)
#define SET(dst, value) INSN(BPF_ALU64 | BPF_MOV | BPF_K, dst, 0, 0, value)
#define ALU(op, dst, value) INSN(BPF_ALU64 | (op) | BPF_K, dst, 0, 0, value)
#define ALU_REG(op, dst, src) INSN(BPF_ALU64 | (op) | BPF_X, dst, src, 0, 0)
#define JUMP_IF(op, dst, src, skip) INSN(BPF_JMP | (op) | BPF_X, dst, src, skip, 0)
#define JUMP_IF_VALUE(op, dst, value, skip) INSN(BPF_JMP32 | (op) | BPF_K, dst, 0, skip, value)
#define ATOMIC(op, dst, src, off) INSN(BPF_STX | BPF_DW | BPF_ATOMIC, dst, src, off, op)
#define EXIT() INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

enum { R0, R1, R2, R3, R4, R5, R6, R7, R8, R9 };

static int bpf(int command, union bpf_attr *attr)
{
    return syscall(SYS_bpf, command, attr, sizeof *attr);
}

static int make_map(void)
{
    union bpf_attr attr = {
        .map_type = BPF_MAP_TYPE_ARRAY,
        .key_size = 4,
        .value_size = sizeof(struct counter),
        .max_entries = 1,
        .map_flags = BPF_F_MMAPABLE,
    };
    int fd = bpf(BPF_MAP_CREATE, &attr);
    if (fd < 0)
        die("BPF_MAP_CREATE", "");
    return fd;
}

static int load_program(int map)
{
    struct bpf_insn program[] = {
        SET(R0, XDP_PASS),
        LOAD(BPF_W, R2, R1, offsetof(struct xdp_md, data)),
        LOAD(BPF_W, R3, R1, offsetof(struct xdp_md, data_end)),
        MOVE(R4, R2),
        ALU(BPF_ADD, R4, FRAME_MIN_LENGTH),
        JUMP_IF(BPF_JGT, R4, R3, 20),
        LOAD(BPF_W, R4, R2, FRAME_MARK),
        JUMP_IF_VALUE(BPF_JNE, R4, MARK, 18),
        LOAD(BPF_W, R5, R2, FRAME_NUMBER),
        /* r6 = the map's value, two instructions wide; ++r6->frames */
        INSN(BPF_LD | BPF_DW | BPF_IMM, R6, BPF_PSEUDO_MAP_VALUE, 0, map),
        INSN(0, 0, 0, 0, 0),
        SET(R7, 1),
        ATOMIC(BPF_ADD, R6, R7, offsetof(struct counter, frames)),
        /* r8 = 1 << number % 64; r9 = the word it is in */
        MOVE(R8, R7),
        ALU_REG(BPF_LSH, R8, R5),
        MOVE(R9, R5),
        ALU(BPF_RSH, R9, 6),
        ALU(BPF_AND, R9, COUNTER_NUMBERS / 64 - 1),
        ALU(BPF_LSH, R9, 3),
        ALU_REG(BPF_ADD, R9, R6),
        MOVE(R4, R8),
        ATOMIC(BPF_OR | BPF_FETCH, R9, R8, offsetof(struct counter, seen)),
        ALU_REG(BPF_AND, R8, R4),
        SET(R0, XDP_DROP),
        INSN(BPF_JMP | BPF_JEQ | BPF_K, R8, 0, 1, 0),
        ATOMIC(BPF_ADD, R6, R7, offsetof(struct counter, duplicates)),
        EXIT(),
    };
    static char log[65536];
    union bpf_attr attr = {
        .prog_type = BPF_PROG_TYPE_XDP,
        .expected_attach_type = BPF_XDP,
        .insns = (uintptr_t)program,
        .insn_cnt = sizeof program / sizeof *program,
        .license = (uintptr_t) "GPL",
        .log_buf = (uintptr_t)log,
        .log_size = sizeof log,
        .log_level = 1,
    };
    int fd = bpf(BPF_PROG_LOAD, &attr);
    if (fd < 0) {
        fputs(log, stderr);
        die("BPF_PROG_LOAD", "");
    }
    return fd;
}

volatile struct counter *attach_counter(const char *interface)
{
    int map = make_map();
    union bpf_attr attr = {0};
    attr.link_create.prog_fd = load_program(map);
    attr.link_create.target_ifindex = interface_index(interface);
    attr.link_create.attach_type = BPF_XDP;
    if (bpf(BPF_LINK_CREATE, &attr) < 0)
        die("BPF_LINK_CREATE", interface);
    void *counter = mmap(NULL, sizeof(struct counter), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, map, 0);
    if (counter == MAP_FAILED)
        die("mmap", "counter");
    return counter;
}
