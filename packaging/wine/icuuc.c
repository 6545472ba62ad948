/* Stands in for Windows' icuuc.dll under Wine, which has none; it is never shipped. Qt6Core only imports the ucnv_* converter API.
   Every open fails, so QStringConverter has just its built-in UTF-8/16/32/Latin1 codecs. */
typedef int UErr;
#define X __declspec(dllexport)
X void* ucnv_open(const char*n, UErr*e){ if(e)*e=4; return 0; }           /* U_FILE_ACCESS_ERROR */
X void  ucnv_close(void*c){}
X void  UCNV_FROM_U_CALLBACK_SUBSTITUTE(void){}
X void  UCNV_TO_U_CALLBACK_SUBSTITUTE(void){}
X void  ucnv_reset(void*c){}
X signed char ucnv_getMaxCharSize(void*c){return 1;}
X const char* ucnv_getName(void*c, UErr*e){ if(e)*e=4; return 0; }
X void  ucnv_getToUCallBack(void*c, void**a, const void**b){ if(a)*a=0; if(b)*b=0; }
X void  ucnv_getFromUCallBack(void*c, void**a, const void**b){ if(a)*a=0; if(b)*b=0; }
X void  ucnv_setToUCallBack(void*c, void*n, const void*nc, void**o, const void**oc, UErr*e){ if(e)*e=4; }
X void  ucnv_setFromUCallBack(void*c, void*n, const void*nc, void**o, const void**oc, UErr*e){ if(e)*e=4; }
X void  ucnv_cbToUWriteUChars(void*a,const void*s,int l,int o,UErr*e){ if(e)*e=4; }
X void  ucnv_cbFromUWriteUChars(void*a,const void**s,const void*l,int o,UErr*e){ if(e)*e=4; }
X void  ucnv_toUnicode(void*c,void**t,const void*tl,const char**s,const char*sl,int*o,signed char f,UErr*e){ if(e)*e=4; }
X void  ucnv_fromUnicode(void*c,char**t,const char*tl,const void**s,const void*sl,int*o,signed char f,UErr*e){ if(e)*e=4; }
X int   ucnv_toUCountPending(void*c,UErr*e){ return 0; }
X int   ucnv_fromUCountPending(void*c,UErr*e){ return 0; }
X const char* ucnv_getStandardName(const char*n,const char*s,UErr*e){ if(e)*e=4; return 0; }
X const char* ucnv_getAvailableName(int n){ return 0; }
X int   ucnv_countAvailable(void){ return 0; }
